import type { AccessLog, HttpFilter } from "../envoy/messages.ts";
import type { NetworkFilter } from "../listeners/listener.ts";
import { items, members, word } from "./loose.ts";

/** A listener of a live proxy. */
export interface LiveListener {
  readonly name: string;
  readonly address?: { readonly host: string; readonly port: number };
  /** Whether traffic is redirected to it: it is that of a transparent proxy. */
  readonly isRedirectedTo: boolean;
  /** What Kuma knows of it: tags of the service behind it, or an identifier. */
  readonly tags: Readonly<Record<string, string>>;
  readonly listenerFilters: readonly string[];
  /** The network filters that can carry access loggers, chain by chain. */
  readonly filters: readonly LiveFilter[];
  /** Why Envoy refused a newer configuration of it. */
  readonly refusal?: string;
}

/** A network filter of a live proxy. */
export interface LiveFilter {
  readonly type: NetworkFilter;
  readonly accessLog: readonly AccessLog[];
  /** Of a TCP proxy. */
  readonly accessLogOptions?: Readonly<Record<string, unknown>>;
  readonly httpFilters: readonly HttpFilter[];
  /** The cluster that a TCP proxy leads to. */
  readonly cluster?: string;
  /** The routes of an HTTP connection manager, or the name under which they are discovered. */
  readonly routes?: { readonly name: string; readonly config?: unknown };
}

/** By the last part of the type of their configuration: filters can have any name. */
const filterTypes: readonly (readonly [end: string, type: NetworkFilter])[] = [
  [".HttpConnectionManager", "envoy.filters.network.http_connection_manager"],
  [".TcpProxy", "envoy.filters.network.tcp_proxy"],
];

/**
 * Reads an `envoy.config.listener.v3.Listener` in protobuf JSON.
 *
 * @param name where the resource is known by a name; its own comes first.
 * @returns nothing for what has no name at all.
 */
export function liveListener(name: string | undefined, listener: unknown, refusal?: string): LiveListener | undefined {
  const {
    name: ownName,
    address,
    bindToPort,
    metadata,
    filterChains,
    defaultFilterChain,
    listenerFilters,
  } = members(listener);
  const known = word(ownName) ?? name;
  if (known === undefined) return undefined;
  const { address: host, portValue } = members(members(address)["socketAddress"]);
  const tags = Object.entries(members(members(members(metadata)["filterMetadata"])["io.kuma.tags"]));
  const chains = [...items(filterChains), ...(defaultFilterChain === undefined ? [] : [defaultFilterChain])];
  return {
    name: known,
    ...(typeof host === "string" && typeof portValue === "number" ? { address: { host, port: portValue } } : {}),
    isRedirectedTo: bindToPort === false,
    tags: Object.fromEntries(tags.flatMap(([tag, value]) => (typeof value === "string" ? [[tag, value]] : []))),
    listenerFilters: items(listenerFilters).flatMap((one) => word(members(one)["name"]) ?? []),
    filters: chains.flatMap((chain) => items(members(chain)["filters"]).flatMap((one) => liveFilter(one) ?? [])),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

function liveFilter(filter: unknown): LiveFilter | undefined {
  const config = members(members(filter)["typedConfig"]);
  const type = filterTypes.find(([end]) => word(config["@type"])?.endsWith(end))?.[1];
  if (type === undefined) return undefined;
  const { accessLog, accessLogOptions, httpFilters, cluster, routeConfig, rds } = config;
  const routeName = word(members(routeConfig)["name"]) ?? word(members(rds)["routeConfigName"]) ?? "";
  return {
    type,
    accessLog: items(accessLog).map((one) => members(one) as AccessLog),
    ...(accessLogOptions === undefined ? {} : { accessLogOptions: members(accessLogOptions) }),
    httpFilters: items(httpFilters).map((one) => members(one) as HttpFilter),
    ...(typeof cluster === "string" ? { cluster } : {}),
    ...(routeConfig === undefined && rds === undefined
      ? {}
      : { routes: { name: routeName, ...(routeConfig === undefined ? {} : { config: routeConfig }) } }),
  };
}
