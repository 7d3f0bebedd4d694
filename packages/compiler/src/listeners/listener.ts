import type { Inbound } from "../source/dataplane.ts";

/** Where a listener stands in a proxy, as far as access logs go. */
export type ListenerContext = "inbound" | "outbound" | "passthrough" | "direct-access" | "gateway" | "zone-proxy";

/** The network filter that carries the access loggers. */
export type NetworkFilter = "envoy.filters.network.http_connection_manager" | "envoy.filters.network.tcp_proxy";

/** A listener of a proxy, before any logger is in it. */
export interface Listener {
  /** As Envoy sees it; `null` where only a running control plane knows the address. */
  readonly name: string | null;
  /** What it is for: a name or port of an inbound, a `kuma.io/service`, a family of addresses. */
  readonly resource: string;
  readonly context: ListenerContext;
  readonly direction: "INBOUND" | "OUTBOUND" | "UNSPECIFIED";
  /** As Kuma knows it, lower case; empty if it does not. */
  readonly protocol: string;
  readonly filter: NetworkFilter;
  /** The values of `%KUMA_SOURCE_SERVICE%` and `%KUMA_DESTINATION_SERVICE%`. */
  readonly sourceService: string;
  readonly destinationService: string;
  /** Which rules log it: those of an inbound, or those for traffic to a service (to none: `undefined`). */
  readonly rules:
    | { readonly kind: "inbound"; readonly inbound: Inbound }
    | { readonly kind: "to"; readonly service: string | undefined };
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
