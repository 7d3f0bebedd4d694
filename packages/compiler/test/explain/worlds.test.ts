import { kumaReleases } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { readWorlds, versions, type World } from "../../../../conformance/kuma/worlds.ts";
import { compile } from "../../src/compile.ts";
import { explainProxy } from "../../src/explain/explain-proxy.ts";
import type { ControlPlane } from "../../src/kuma/control-plane.ts";
import { load } from "../../src/source/load.ts";

/** Of how many worlds of a version the proxies are explained. */
const count = 25;

function controlPlaneOf({ zone, settings, metadata, expected }: World): ControlPlane {
  const outbounds = Object.entries(expected).flatMap(([name, proxy]) =>
    proxy.outbounds === undefined ? [] : [[name, proxy.outbounds] as const],
  );
  return {
    zone,
    ...(settings === undefined ? {} : { settings }),
    ...(metadata === undefined ? {} : { metadata }),
    outbounds: Object.fromEntries(outbounds),
  };
}

describe.each(versions)("what is explained of Kuma %s is what is compiled", (version) => {
  const worlds = readWorlds(version)
    .slice(0, count)
    .map((world) => [world.id, world] as const);

  it.each(worlds)("in world %s", (_, world) => {
    const kuma = kumaReleases.find(({ name }) => name === version);
    if (kuma === undefined) throw new Error(`there is no Kuma ${version}`);
    const bundle = load([{ path: "world.yaml", content: world.world }]).value;
    const controlPlane = controlPlaneOf(world);
    const { policies, proxies } = compile(bundle, kuma, { controlPlane, explains: true }).value;
    for (const compiled of proxies) {
      const { value: explained } = explainProxy(bundle, kuma, compiled, controlPlane);
      if (explained === undefined) expect.fail(`there is no proxy ${compiled.name}`);
      expect(explained.error).toBe(compiled.error);
      expect(explained.policies.map(({ policy }) => policy)).toEqual(compiled.policies);
      // Every policy of the mesh selects the proxy, does not, or is refused.
      const known = [...explained.policies, ...explained.notSelected, ...explained.refused].map(({ policy }) => policy);
      const ofMesh = bundle.resources.filter(({ kind, mesh }) => kind === "MeshAccessLog" && mesh === compiled.mesh);
      expect(known.toSorted()).toEqual(ofMesh.map(({ name }) => name).sort());

      const itemsOf = compiled.listeners.map(({ resource, filter, because = [] }) => ({
        resource,
        filter,
        items: because.map(({ policy, item }) => `${policies[policy]?.name} ${policies[policy]?.items[item]?.path}`),
      }));
      const explainedItems = explained.listeners.flatMap(({ resource, filters, because }) =>
        filters.map((filter) => ({ resource, filter, items: because.map(({ policy, path }) => `${policy} ${path}`) })),
      );
      expect(explainedItems).toEqual(itemsOf);
      const silent = compiled.listeners.filter(({ accessLog }) => accessLog.length === 0).map(({ name }) => name);
      const explainedSilent = explained.listeners
        .filter(({ filters, nothing }) => filters.length > 0 && nothing !== undefined)
        .map(({ name }) => name);
      expect(new Set(explainedSilent)).toEqual(new Set(silent));
    }
  });
});
