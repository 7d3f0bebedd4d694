import type { ListenerKey } from "../match/select.ts";
import type { RealResource } from "../source/real-resources.ts";

/** Where a listener stands in a proxy, as far as access logs go. */
export type ListenerContext = "inbound" | "outbound" | "passthrough" | "direct-access" | "gateway" | "zone-proxy";

/** The network filter that carries the access loggers. */
export type NetworkFilter = "envoy.filters.network.http_connection_manager" | "envoy.filters.network.tcp_proxy";

/** The direction of traffic, as `%KUMA_TRAFFIC_DIRECTION%` says it. */
export type TrafficDirection = "INBOUND" | "OUTBOUND" | "UNSPECIFIED";

/** A listener of a proxy, before any logger is in it. */
export interface Listener {
  /** As Envoy sees it; `null` where only a running control plane knows the address. */
  readonly name: string | null;
  /** What it is for: a name or port of an inbound, a `kuma.io/service`, a real resource, a family of addresses. */
  readonly resource: string;
  readonly context: ListenerContext;
  readonly direction: TrafficDirection;
  /** As Kuma knows it, lower case; empty if it does not. */
  readonly protocol: string;
  /** Its address and port, as far as they are known. */
  readonly key?: ListenerKey;
  /** The filters of its chains, each type once; none where no chain has one that carries loggers. */
  readonly filters: readonly NetworkFilter[];
}

/** An occasion on which Kuma configures the access logs of a listener; most listeners have one. */
export interface Logging {
  readonly listener: Listener;
  readonly direction: TrafficDirection;
  /** What the default format goes by; of two inbounds on one address that of the one that is logged. */
  readonly protocol: string;
  /** The values of `%KUMA_SOURCE_SERVICE%` and `%KUMA_DESTINATION_SERVICE%`. */
  readonly sourceService: string;
  readonly destinationService: string;
  readonly rules: LoggingRules;
}

/** Which rules decide what a listener logs. */
export type LoggingRules =
  /** Those for connections to an address and port. */
  | { readonly kind: "inbound"; readonly key: ListenerKey }
  /** Those for traffic to a `kuma.io/service`. */
  | { readonly kind: "service"; readonly service: string }
  /** That of the Mesh. */
  | { readonly kind: "mesh" }
  /** Those of a gateway for traffic to anywhere: of one listener, or of the whole proxy. */
  | { readonly kind: "gateway"; readonly key: ListenerKey | undefined }
  /** Those for a real resource, or a section of it, and for its routes. */
  | {
      readonly kind: "real-resource";
      readonly resource: RealResource;
      readonly section: string;
      /** The names of the routes of its HTTP connection manager. */
      readonly routes: readonly string[];
    };

/** The listeners of a proxy that can log. */
export interface ProxyListeners {
  /** All of them, logged or not. */
  readonly listeners: readonly Listener[];
  /** In the order in which Kuma configures them, which numbers the clusters. */
  readonly loggings: readonly Logging[];
  /** Kuma fails to make them: its text. */
  readonly error?: string;
}

/** Whether Kuma takes a protocol for HTTP. */
export function isHttp(protocol: string): boolean {
  return protocol === "http" || protocol === "http2" || protocol === "grpc";
}

/** HTTP goes through an HTTP connection manager, anything else through a TCP proxy. */
export function filterFor(protocol: string): NetworkFilter {
  return isHttp(protocol) ? "envoy.filters.network.http_connection_manager" : "envoy.filters.network.tcp_proxy";
}

/** An address and a port as Go joins them: IPv6 in brackets. */
export function joinHostPort(host: string, port: number | string): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Of several listeners with one name the last stays, in the place of the first: that is how Kuma keeps them. */
export function byName<L extends { readonly listener: Listener }>(made: readonly L[]): readonly L[] {
  const kept = new Map<string | object, L>();
  for (const one of made) kept.set(one.listener.name ?? one.listener, one);
  return [...kept.values()];
}
