import { kumaReleases } from "../../packages/parser/src/index.ts";
import { describe, expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import type { CompiledListener, CompiledProxy } from "../../packages/compiler/src/emit/compiled.ts";
import type { AllocatedOutbound } from "../../packages/compiler/src/kuma/control-plane.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { assertValid } from "../protobuf/validate.ts";
import { type ExpectedListener, type ExpectedProxy, readWorlds, versions, type World } from "./worlds.ts";

describe.each(versions)("what meshlog compiles is what Kuma %s sends", (version) => {
  const release = kumaReleases.find(({ name }) => name === version);
  if (release === undefined) throw new Error(`there is no Kuma ${version}`);
  const compared = { proxies: 0, listeners: 0, loggers: 0, clusters: 0, errors: 0, random: 0 };

  it.each(readWorlds(version).map((world) => [world.id, world] as const))("in world %s", (_, world) => {
    const ours = proxiesOf(world);
    for (const [name, theirs] of Object.entries(world.expected)) {
      const proxy = ours.get(name);
      if (proxy === undefined) expect.fail(`there is no proxy ${name}`);
      const isRandom = (path: string): boolean => {
        const random = world.nondeterministic?.includes(`${name}/${path}`) ?? false;
        if (random) compared.random++;
        return random;
      };
      compared.proxies++;
      if (theirs.error !== undefined) {
        if (!isRandom("error")) expect(proxy.error, name).toBe(theirs.error);
        compared.errors++;
        continue;
      }
      expect(proxy.error, name).toBeUndefined();
      compareListeners(proxy, theirs, isRandom);
      if (!isRandom("clusters")) {
        expect(Object.fromEntries(proxy.clusters.map((cluster) => [cluster.name, cluster])), name).toEqual(
          theirs.clusters,
        );
        compared.clusters += proxy.clusters.length;
      }
      for (const { accessLog } of proxy.listeners) {
        for (const logger of accessLog) assertValid("envoy.config.accesslog.v3.AccessLog", logger);
      }
      for (const cluster of proxy.clusters) assertValid("envoy.config.cluster.v3.Cluster", cluster);
    }
  });

  it("and there is enough of it", () => {
    const { proxies, listeners, loggers, clusters, errors, random } = compared;
    console.log(
      `Kuma ${version}: ${proxies} proxies, ${listeners} listeners, ${loggers} loggers, ${clusters} clusters, ` +
        `${errors} errors; ${random} values are random in Kuma itself`,
    );
    expect(listeners).toBeGreaterThan(1000);
    expect(loggers).toBeGreaterThan(500);
  });

  function proxiesOf(world: World): ReadonlyMap<string, CompiledProxy> {
    const { value: bundle } = load([{ path: "world.yaml", content: world.world }]);
    const allocated = Object.entries(world.expected).flatMap(
      ([name, { outbounds }]): readonly [string, readonly AllocatedOutbound[]][] =>
        outbounds === undefined ? [] : [[name, outbounds]],
    );
    const { zone, settings = {}, metadata = {} } = world;
    const controlPlane = { zone, settings, metadata, outbounds: Object.fromEntries(allocated) };
    if (release === undefined) return new Map();
    const { value } = compile(bundle, release, { controlPlane });
    return new Map([...value.proxies].map((proxy) => [proxy.name, proxy]));
  }

  /** All that can log, with the filters that it has and what is in them. */
  function compareListeners(
    { name: proxy, listeners }: CompiledProxy,
    theirs: ExpectedProxy,
    isRandom: (path: string) => boolean,
  ): void {
    const ours = Map.groupBy(listeners, ({ name }) => name);
    const known = Object.entries(theirs.listeners).filter(([name, listener]) => canLog(name, listener));
    expect([...ours.keys()].sort(), proxy).toEqual(
      known
        .filter(([, one]) => hasFilter(one))
        .map(([name]) => name)
        .sort(),
    );
    for (const [name, expected] of known) {
      const found = (ours.get(name) ?? []).map(partsOf);
      compared.listeners++;
      compared.loggers += found.reduce((sum, { accessLog }) => sum + accessLog.length, 0);
      if (isRandom(`listeners/${name}`)) continue;
      expect(inOrder(found), `${proxy} ${name}`).toEqual(inOrder(expectedParts(expected)));
      expect(routesOf(ours.get(name) ?? []), `${proxy} ${name}`).toEqual(expectedRoutes(expected));
    }
  }
});

const origins: readonly string[] = [
  "inbound",
  "outbound",
  "transparent",
  "direct-access",
  "gateway",
  "ingress",
  "egress",
];

/** Passthrough of inbound traffic has another origin in every release but this name, and is never logged. */
function canLog(name: string, { origin }: ExpectedListener): boolean {
  return origins.includes(origin) && !/^(inbound:passthrough:|self_transparentproxy_passthrough_inbound_)/.test(name);
}

function hasFilter({ filterChains }: ExpectedListener): boolean {
  return filterChains.some(({ filters }) => filters.length > 0);
}

/** What a type of filter has. */
interface FilterParts {
  readonly type: string;
  readonly accessLog: readonly unknown[];
  readonly accessLogOptions: unknown;
  readonly lua: readonly unknown[];
}

function partsOf({ filter, accessLog, accessLogOptions, httpFilters = [] }: CompiledListener): FilterParts {
  return {
    type: filter === "envoy.filters.network.tcp_proxy" ? "tcp_proxy" : "hcm",
    accessLog,
    accessLogOptions,
    lua: httpFilters.map(({ typedConfig }) => ({ ...typedConfig, "@type": undefined })),
  };
}

/** Every chain of a listener with one type of filter has the same. */
function expectedParts({ filterChains }: ExpectedListener): readonly FilterParts[] {
  const all = filterChains.flatMap(({ filters }) =>
    filters.map(({ type, accessLog = [], accessLogOptions, lua = [] }) => ({
      type,
      accessLog,
      accessLogOptions,
      lua: lua.map((text): unknown => JSON.parse(text)),
    })),
  );
  return [...new Map(all.map((parts) => [JSON.stringify(parts), parts])).values()];
}

function inOrder(parts: readonly FilterParts[]): readonly FilterParts[] {
  return parts.toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

function routesOf(listeners: readonly CompiledListener[]): object {
  return Object.assign({}, ...listeners.map(({ routeMetadata = {} }) => routeMetadata)) as object;
}

/** The metadata that logging adds; Kuma adds no other of this filter. */
function expectedRoutes({ routes = [] }: ExpectedListener): object {
  const found = routes.flatMap(({ name, metadata }) =>
    metadata?.filterMetadata?.["envoy.filters.http.lua"] === undefined ? [] : [[name, metadata] as const],
  );
  return Object.fromEntries(found);
}
