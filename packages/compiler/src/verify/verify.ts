import type { ClusterChange, ListenerChange } from "../diff/changes.ts";
import { diffClusters } from "../diff/diff-clusters.ts";
import { diffListener } from "../diff/diff-listeners.ts";
import type { CompiledListener, CompiledProxy } from "../emit/compiled.ts";
import type { Cluster, HttpFilter, Metadata } from "../envoy/messages.ts";
import { fieldChanges } from "../diff/field-changes.ts";
import { omit } from "../diff/omit.ts";
import { stableJson } from "../diff/stable-json.ts";
import type { ConfigDump } from "./config-dump.ts";
import { destinationsOf, isInbound } from "./identify.ts";
import type { LiveFilter, LiveListener } from "./live-listener.ts";
import { word } from "./loose.ts";
import { routeMetadataOf } from "./route-metadata.ts";

/** What is to be said of a listener of a live proxy, or of one that it should have. */
export type VerifiedListener =
  | { readonly status: "equal"; readonly name: string; readonly loggers: number }
  | {
      readonly status: "different";
      readonly name: string | null;
      /** From what runs to what the bundle compiles to; of each filter chain that differs in its own way. */
      readonly changes: readonly ListenerChange[];
      /** Why Envoy refused a newer configuration; then it runs with an older one. */
      readonly refusal?: string;
    }
  | {
      readonly status: "unknown";
      readonly name: string | null;
      readonly resource?: string;
      readonly reason: UnknownReason;
      /** How many loggers the live listener has, or would have. */
      readonly loggers: number;
    };

/**
 * Why nothing can be said of a listener:
 * - `address`: only the control plane knows where it listens, and no live listener says that it leads there.
 * - `not-in-bundle`: Kuma makes it from something that the bundle does not hold, or for another purpose than traffic.
 */
export type UnknownReason = "address" | "not-in-bundle";

/** How a live proxy compares to what a bundle compiles to. */
export interface Verification {
  readonly listeners: readonly VerifiedListener[];
  /** From what runs to what the bundle compiles to; only clusters of access logs. */
  readonly clusters: readonly ClusterChange[];
}

/**
 * Compares what a live proxy runs with to what the bundle compiles to for it. Where Kuma fails to generate the proxy there
 * is nothing to compare.
 */
export function verify(compiled: CompiledProxy, dump: ConfigDump): Verification {
  if (compiled.error !== undefined) return { listeners: [], clusters: [] };
  const matched = match(compiled.listeners, dump.listeners);
  const expected = Map.groupBy(compiled.listeners, (listener) => matched.get(listener));
  return {
    listeners: [
      ...dump.listeners.flatMap((live) => verifyListener(expected.get(live) ?? [], live, dump)),
      ...(expected.get(undefined) ?? []).map(missing),
    ],
    clusters: diffClusters(
      dump.clusters.filter((cluster) => isLogging(cluster, compiled)),
      compiled.clusters,
    ),
  };
}

/** The live listener of each: by its name or, where that is not known, by what it leads to. */
function match(
  compiled: readonly CompiledListener[],
  live: readonly LiveListener[],
): ReadonlyMap<CompiledListener, LiveListener | undefined> {
  const byName = new Map(live.map((one) => [one.name, one]));
  const taken = new Set(compiled.map(({ name }) => name));
  const byDestination = new Map(
    live
      .filter(({ name }) => !taken.has(name))
      .flatMap((one) => destinationsOf(one).map((destination) => [destination, one] as const))
      .reverse(),
  );
  return new Map(
    compiled.map((one) => [one, one.name === null ? byDestination.get(one.resource) : byName.get(one.name)]),
  );
}

function verifyListener(
  expected: readonly CompiledListener[],
  live: LiveListener,
  dump: ConfigDump,
): readonly VerifiedListener[] {
  const { name, filters, refusal } = live;
  const loggers = filters.flatMap(({ accessLog }) => accessLog).length;
  if (expected.length === 0) {
    return isInbound(live)
      ? [{ status: "different", name, changes: [onlyLive(live)] }]
      : [{ status: "unknown", name, reason: "not-in-bundle", loggers }];
  }
  const others = filters.filter(
    ({ type, accessLog }) => accessLog.length > 0 && expected.every((one) => one.filter !== type),
  );
  const changes = [
    ...expected.flatMap((one) => verifyFilter(one, live, dump)),
    ...(others.length === 0 ? [] : [onlyLive({ ...live, filters: others })]),
  ];
  if (changes.length > 0 || refusal !== undefined) {
    return [{ status: "different", name, changes, ...(refusal === undefined ? {} : { refusal }) }];
  }
  return [{ status: "equal", name, loggers: expected.flatMap(({ accessLog }) => accessLog).length }];
}

/** Every filter chain with this type of filter has the same loggers. */
function verifyFilter(expected: CompiledListener, live: LiveListener, dump: ConfigDump): readonly ListenerChange[] {
  const filters = live.filters.filter(({ type }) => type === expected.filter);
  if (filters.length === 0) return [added(expected)];
  const changes = filters.flatMap((filter) =>
    diffListener(asCompiled(filter, live, expected, dump), { ...expected, name: live.name }),
  );
  return [...new Map(changes.map((change) => [stableJson(change), change])).values()];
}

/** One that the proxy should have. */
function missing(expected: CompiledListener): VerifiedListener {
  const { name, resource, accessLog } = expected;
  return name === null
    ? { status: "unknown", name, resource, reason: "address", loggers: accessLog.length }
    : { status: "different", name, changes: [added(expected)] };
}

function added({ name, resource, context, filter, accessLog }: CompiledListener): ListenerChange {
  const loggers = accessLog.map((logger) => ({ change: "added", accessLog: logger }) as const);
  return { change: "added", name, resource, context, filter, fields: [], loggers, isReordered: false };
}

/** One that the bundle knows nothing of, although it should. */
function onlyLive({ name, filters }: LiveListener): ListenerChange {
  const loggers = filters.flatMap(({ accessLog }) => accessLog);
  return {
    change: "removed",
    name,
    resource: name,
    context: "inbound",
    filter: filters[0]?.type ?? "envoy.filters.network.tcp_proxy",
    fields: [],
    loggers: loggers.map((accessLog) => ({ change: "removed", accessLog }) as const),
    isReordered: false,
  };
}

/**
 * A live filter as the compiler would write it down. Others than access logs need HTTP and listener filters too: of those
 * count the ones that access logs need.
 */
function asCompiled(
  filter: LiveFilter,
  live: LiveListener,
  expected: CompiledListener,
  dump: ConfigDump,
): CompiledListener {
  const { httpFilters, listenerFilters } = expected;
  const routes = filter.routes?.config ?? dump.routeConfigs.get(filter.routes?.name ?? "");
  const metadata: Readonly<Record<string, Metadata>> = routeMetadataOf(routes);
  const lua = filter.httpFilters.filter((one) => isOurs(one, httpFilters ?? []));
  const inspectors = (listenerFilters ?? []).filter(({ name = "" }) => live.listenerFilters.includes(name));
  return {
    ...omit(expected, "accessLogOptions", "httpFilters", "listenerFilters", "routeMetadata"),
    name: live.name,
    accessLog: filter.accessLog,
    ...(filter.accessLogOptions === undefined ? {} : { accessLogOptions: filter.accessLogOptions }),
    ...(lua.length === 0 ? {} : { httpFilters: lua }),
    ...(inspectors.length === 0 ? {} : { listenerFilters: inspectors }),
    ...(Object.keys(metadata).length === 0 ? {} : { routeMetadata: metadata }),
  };
}

/** Whether an HTTP filter is one that the bundle asks for, or the one by which Kuma tells routes apart. */
function isOurs(filter: HttpFilter, expected: readonly HttpFilter[]): boolean {
  const source = word(filter.typedConfig?.defaultSourceCode?.inlineString) ?? "";
  return source.includes("kuma.routes") || expected.some((one) => fieldChanges(filter, one).length === 0);
}

/** How the clusters begin that Kuma makes for access logs (kuma-lowering: numbered, or with unified names). */
const clusterPrefixes: readonly string[] = ["meshaccesslog:", "system_meshaccesslog_"];

function isLogging({ name = "" }: Cluster, { clusters }: CompiledProxy): boolean {
  return clusterPrefixes.some((prefix) => name.startsWith(prefix)) || clusters.some((one) => one.name === name);
}
