import type { HttpFilter, Metadata, TcpProxyTcpAccessLogOptions } from "../envoy/messages.ts";
import type { Logging, NetworkFilter } from "../listeners/listener.ts";
import type { EffectiveConf } from "../match/effective-conf.ts";
import type { InboundRule } from "../match/inbound-rules.ts";
import type { ListenerValues } from "./link.ts";
import type { LinkedList } from "./linked-logger.ts";

/** What Kuma adds to a listener. */
export interface Addition {
  /** The loggers that each type of filter gets, list after list. */
  readonly accessLog: ReadonlyMap<NetworkFilter, readonly LinkedList[]>;
  /** Of every TCP proxy. */
  readonly accessLogOptions?: TcpProxyTcpAccessLogOptions;
  /** A rule looks at the SNI, so the listener has to read it. */
  readonly needsTlsInspector: boolean;
  /** Put before those of the HTTP connection manager. */
  readonly httpFilters: readonly HttpFilter[];
  /** By the name of the route. */
  readonly routeMetadata: Readonly<Record<string, Metadata>>;
  /** The decisions that its loggers come from, in order; none where Kuma configures no logs of the listener. */
  readonly because: readonly Decision[];
}

/** What decides on one occasion of logging, and what fills the loggers. */
export interface Decision {
  readonly logging: Logging;
  readonly values: ListenerValues;
  /** The confs that its loggers come from, in order. */
  readonly confs: readonly InboundRule[];
  /** Those of routes that have a conf of their own, by the identifier of the route. */
  readonly routes: ReadonlyMap<string, EffectiveConf>;
}

/** No loggers. */
export const nothing: Addition = {
  accessLog: new Map(),
  needsTlsInspector: false,
  httpFilters: [],
  routeMetadata: {},
  because: [],
};

/** What several occasions add to one listener, one after the other. */
export function addAll(additions: readonly Addition[]): Addition {
  const [first = nothing, ...others] = additions;
  if (others.length === 0) return first;
  const [accessLogOptions] = additions.flatMap((one) => one.accessLogOptions ?? []);
  return {
    accessLog: concat(additions.map(({ accessLog }) => accessLog)),
    ...(accessLogOptions === undefined ? {} : { accessLogOptions }),
    needsTlsInspector: additions.some(({ needsTlsInspector }) => needsTlsInspector),
    httpFilters: additions.flatMap(({ httpFilters }) => httpFilters),
    routeMetadata: Object.fromEntries(additions.flatMap(({ routeMetadata }) => Object.entries(routeMetadata))),
    because: additions.flatMap(({ because }) => because),
  };
}

/** The loggers of several confs, by filter. */
function concat(maps: readonly Addition["accessLog"][]): Addition["accessLog"] {
  const [first, ...others] = maps;
  if (first === undefined || others.length === 0) return first ?? nothing.accessLog;
  const all = new Map<NetworkFilter, LinkedList[]>();
  for (const [filter, loggers] of maps.flatMap((map) => [...map])) {
    const known = all.get(filter);
    if (known === undefined) all.set(filter, [...loggers]);
    else known.push(...loggers);
  }
  return all;
}
