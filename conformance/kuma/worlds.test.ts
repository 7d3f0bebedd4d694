import { kumaReleases } from "../../packages/parser/src/index.ts";
import { describe, expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import type { CompiledListener, CompiledProxy } from "../../packages/compiler/src/emit/compiled.ts";
import { joinHostPort } from "../../packages/compiler/src/listeners/listener.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { assertValid } from "../protobuf/validate.ts";
import { type ExpectedListener, type ExpectedProxy, readWorlds, type World } from "./worlds.ts";

/** Why a proxy or listener of a recorded world is not compared: meshlog says `lint/not-compiled` of these. */
type LeftOut =
  | "a MeshGateway may select the proxy"
  | "a control-plane setting"
  | "unified resource names"
  | "random in Kuma"
  | "a listener of another kind";

const version = "2.14.3";

describe(`the loggers of sidecars are those of Kuma ${version}`, () => {
  const worlds = readWorlds(version);
  const leftOut = new Map<LeftOut, number>();
  const leave = (reason: LeftOut): void => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  let compared = 0;

  it.each(worlds.map((world) => [world.id, world] as const))("in world %s", (_, world) => {
    for (const [name, theirs] of Object.entries(world.expected)) {
      const reason = reasonToLeaveOut(world, name);
      if (reason !== undefined) {
        leave(reason);
        continue;
      }
      const ours = proxiesOf(world).get(name);
      for (const [listener, expected] of Object.entries(theirs.listeners)) {
        const found = ours && findListener(ours, listener, expected, theirs);
        if (world.nondeterministic?.includes(`${name}/listeners/${listener}`)) leave("random in Kuma");
        else if (found === undefined) leave("a listener of another kind");
        else {
          expect(loggersOf(found), `${name} ${listener}`).toEqual(expectedLoggers(expected));
          compared++;
        }
      }
      for (const { accessLog } of ours?.listeners ?? []) {
        for (const logger of accessLog) assertValid("envoy.config.accesslog.v3.AccessLog", logger);
      }
      for (const cluster of ours?.clusters ?? []) {
        assertValid("envoy.config.cluster.v3.Cluster", cluster);
        // Kuma numbers them over all listeners; those of other kinds come last.
        expect(theirs.clusters[cluster.name ?? ""], `${name} ${cluster.name ?? ""}`).toEqual(cluster);
      }
    }
  });

  it("and enough of them were compared", () => {
    const reasons = [...leftOut].map(([reason, count]) => `${count} ${reason}`);
    console.log(`${compared} listeners compared; left out: ${reasons.join(", ")}`);
    expect(compared).toBeGreaterThan(900);
  });
});

function reasonToLeaveOut({ world, settings, metadata }: World, name: string): LeftOut | undefined {
  if (/^type: MeshGateway$/m.test(world)) return "a MeshGateway may select the proxy";
  if (settings !== undefined) return "a control-plane setting";
  const unified = metadata[name]?.features?.includes("feature-unified-resource-naming") ?? false;
  return unified && world.includes("mode: Exclusive") ? "unified resource names" : undefined;
}

const release = kumaReleases.find(({ name }) => name === version);

function proxiesOf({ world, metadata }: World): ReadonlyMap<string, CompiledProxy> {
  if (release === undefined) throw new Error(`there is no Kuma ${version}`);
  const { value: bundle } = load([{ path: "world.yaml", content: world }]);
  const { value } = compile(bundle, release, { controlPlane: { metadata } });
  return new Map([...value.proxies].map((proxy) => [proxy.name, proxy]));
}

/** By name; an outbound on an address that Kuma allocated, by its service. */
function findListener(
  { listeners }: CompiledProxy,
  name: string,
  { origin, resource }: ExpectedListener,
  { outbounds = [] }: ExpectedProxy,
): CompiledListener | undefined {
  if (resource !== undefined) return undefined;
  const outbound = outbounds.find(({ address, port }) => name === `outbound:${joinHostPort(address, port)}`);
  const service = outbound?.tags?.["kuma.io/service"];
  return listeners.find((listener) =>
    origin === "outbound" && service !== undefined
      ? listener.name === null && listener.resource === service
      : listener.name === name,
  );
}

function loggersOf({ filter, accessLog }: CompiledListener): object {
  return accessLog.length === 0
    ? []
    : [{ type: filter === "envoy.filters.network.tcp_proxy" ? "tcp_proxy" : "hcm", accessLog }];
}

/** What the filters have; every chain of a listener has the same. */
function expectedLoggers({ filterChains }: ExpectedListener): object {
  const filters = filterChains.flatMap((chain) => chain.filters.filter(({ accessLog = [] }) => accessLog.length > 0));
  return [
    ...new Map(filters.map(({ type, accessLog }) => [JSON.stringify([type, accessLog]), { type, accessLog }])).values(),
  ];
}
