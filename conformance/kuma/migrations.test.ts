import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type KumaRelease, kumaReleases } from "../../packages/parser/src/index.ts";
import { describe, expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import { stableJson } from "../../packages/compiler/src/diff/stable-json.ts";
import type { CompiledProxy } from "../../packages/compiler/src/emit/compiled.ts";
import type { AllocatedOutbound, ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";
import { migrate } from "../../packages/compiler/src/migrate/migrate.ts";
import { profile } from "../../packages/compiler/src/kuma/profile.ts";
import { type Bundle, load } from "../../packages/compiler/src/source/load.ts";
import type { Resource } from "../../packages/compiler/src/source/resources.ts";
import { readWorlds, type World } from "./worlds.ts";

/** Upgrades: within what one release reads, over what it no longer does, and over many lines at once. */
const upgrades: readonly (readonly [from: string, to: string])[] = [
  ["2.0.8", "2.3.7"],
  ["2.0.8", "2.14.3"],
  ["2.3.7", "2.9.19"],
  ["2.7.29", "2.10.11"],
  ["2.9.19", "2.14.3"],
  ["2.10.11", "2.12.14"],
  ["2.12.14", "2.14.3"],
  ["2.14.3", "main"],
  ["2.9.19", "main"],
];

describe.each(upgrades)("worlds of Kuma %s, migrated to %s", (older, newer) => {
  const [from, to] = [releaseNamed(older), releaseNamed(newer)];
  const steps = new Map<string, number>();
  const counted = { rewritten: 0, kept: 0, proxies: 0, same: 0, now: 0, asBefore: 0, refused: 0 };

  /** Whether a policy has what the newer release passes over. */
  const hasDropped = ({ kind, spec }: Resource): boolean => {
    if (kind !== "MeshAccessLog" || spec?.kind !== "map") return false;
    const { itemLists, targetRefFields } = profile(to);
    const targetRef = spec.get("targetRef");
    const isNamed = targetRef?.kind === "map" && targetRef.get("name") !== undefined;
    return (
      (spec.get("from") !== undefined && !itemLists.includes("from")) || (isNamed && !targetRefFields.includes("name"))
    );
  };

  it("log in it as they do unmigrated, wherever it accepts them so", () => {
    for (const world of readWorlds(older)) {
      const { value: bundle } = load([{ path: "world.yaml", content: world.world }]);
      const controlPlane = controlPlaneOf(world);
      const { value, diagnostics } = migrate(bundle, { from, to, controlPlane });
      counted.rewritten += [...value.rewritten.values()].reduce((sum, number) => sum + number, 0);
      counted.kept += diagnostics.length;
      for (const [what, number] of value.rewritten) steps.set(what, (steps.get(what) ?? 0) + number);
      const [before, after] = [sideOf(bundle, to, controlPlane), sideOf(value.bundle, to, controlPlane)];
      // Nothing that was accepted is refused for being rewritten.
      const given = new Set(bundle.resources.map(({ name }) => name));
      const newlyRefused = after.refused.filter((name) => given.has(name) && !before.refused.includes(name));
      expect(newlyRefused, world.id).toEqual([]);
      counted.refused += after.refused.length;
      // What the newer release refuses unmigrated, or drops in silence, and what was split off from that.
      const lost = bundle.resources
        .filter((one) => before.refused.includes(one.name) || hasDropped(one))
        .map(({ name }) => name);
      const found = new Set([...lost, ...lost.map((name) => `${name}-inbound`)]);
      const old = sideOf(bundle, from, controlPlane);
      for (const [i, proxy] of after.proxies.entries()) {
        const unmigrated = before.proxies[i];
        counted.proxies++;
        const was = old.proxies[i];
        if (was !== undefined && logsOf(was) === logsOf(proxy)) counted.asBefore++;
        if (unmigrated !== undefined && logsOf(unmigrated) === logsOf(proxy)) counted.same++;
        else if ([...proxy.policies, ...(unmigrated?.policies ?? [])].some((name) => found.has(name))) counted.now++;
        else expect.fail(`${world.id}: ${proxy.name} logs otherwise\n${value.bundle.files[0]?.text ?? ""}`);
      }
    }
    console.log(`Kuma ${older} → ${newer}: ${[...Object.entries(counted), ...steps].flat().join(" ")}`);
    expect(counted.proxies).toBeGreaterThan(300);
  });
});

describe("the examples of Kuma's documentation", () => {
  it.each([
    ["docs-2.2", "2.2.9", { "a backend or format without `type`": 3, "`openTelemetry.endpoint`": 1, "`from`": 2 }],
    ["docs-2.5", "2.5.11", { "`openTelemetry.endpoint`": 1, "`from`": 2 }],
    ["docs-2.9", "2.9.19", { "`openTelemetry.endpoint`": 1, "`from`": 2 }],
  ])("%s are accepted by Kuma 2.14 once they are migrated", (name, version, rewritten) => {
    const folder = join(import.meta.dirname, "../../examples", name, "bundle");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml"));
    const bundle = load(files.map((path) => ({ path, content: readFileSync(join(folder, path)) }))).value;
    const to = releaseNamed("2.14.3");
    const { value, diagnostics } = migrate(bundle, { from: releaseNamed(version), to });
    expect(Object.fromEntries(value.rewritten)).toEqual(rewritten);
    // No label of a Dataplane is like the tag that this one selects by.
    expect(diagnostics.map(({ code }) => code)).toEqual(["migrate/selects-by-tags"]);
    const errors = compile(value.bundle, to).diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toEqual([]);
  });
});

function releaseNamed(name: string): KumaRelease {
  const release = kumaReleases.find((one) => one.name === name);
  if (release === undefined) throw new Error(`there is no Kuma ${name}`);
  return release;
}

function controlPlaneOf({ zone, settings = {}, metadata = {}, expected }: World): ControlPlane {
  const outbounds = Object.entries(expected).flatMap(
    ([name, { outbounds: own }]): readonly (readonly [string, readonly AllocatedOutbound[]])[] =>
      own === undefined ? [] : [[name, own]],
  );
  // What goes through kuma-dp is another way to the same collector.
  const without = Object.entries(metadata).map(
    ([name, { features = [], ...rest }]) =>
      [name, { ...rest, features: features.filter((one) => one !== "feature-otel-via-kuma-dp") }] as const,
  );
  return { zone, settings, metadata: Object.fromEntries(without), outbounds: Object.fromEntries(outbounds) };
}

interface Side {
  readonly proxies: readonly CompiledProxy[];
  /** The policies that Kuma refuses. */
  readonly refused: readonly string[];
}

function sideOf(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): Side {
  const { value } = compile(bundle, kuma, { controlPlane });
  const accepted = new Set(value.policies.map(({ mesh, name }) => JSON.stringify([mesh, name])));
  const refused = bundle.resources
    .filter(({ kind, mesh, name }) => kind === "MeshAccessLog" && !accepted.has(JSON.stringify([mesh, name])))
    .map(({ name }) => name);
  return { proxies: [...value.proxies], refused };
}

function logsOf({ error, listeners, clusters }: CompiledProxy): string {
  return stableJson({ error, listeners, clusters });
}
