import { defaultFormats } from "../kuma/default-formats.ts";
import type { Profile } from "../kuma/profile.ts";
import { isHttp, type ListenerContext, type NetworkFilter } from "../listeners/listener.ts";

/**
 * What the traffic of a listener is to the default format: HTTP, anything else, or traffic that Kuma passes through
 * (passthrough and direct access).
 */
export type TrafficKind = "http" | "tcp" | "passthrough";

/** The traffic of a listener, as far as the default format depends on it. */
export interface Traffic {
  readonly context: ListenerContext;
  /** As Kuma knows it, lower case. */
  readonly protocol: string;
}

/**
 * What the traffic of a listener is to the default format.
 *
 * @param filter the filter that carries the loggers; up to Kuma 2.10 it decides.
 */
export function trafficKind(
  { context, protocol }: Traffic,
  filter: NetworkFilter | undefined,
  { defaultFormat }: Profile,
): TrafficKind {
  if (context === "passthrough" || context === "direct-access") return "passthrough";
  switch (defaultFormat) {
    case "by-filter":
      return filter === "envoy.filters.network.http_connection_manager" ? "http" : "tcp";
    case "by-protocol":
      return isHttp(protocol) ? "http" : "tcp";
  }
}

/** The default format for a kind of traffic. */
export function defaultFormatOf(kind: TrafficKind, { passthroughDefault }: Profile): string {
  switch (kind) {
    case "http":
      return defaultFormats.http;
    case "tcp":
      return defaultFormats.network;
    case "passthrough":
      switch (passthroughDefault) {
        case "network-format":
          return defaultFormats.network;
        case "the-word-tcp":
          // The protocol is handed over where the format belongs (meshaccesslog/plugin/v1alpha1/plugin.go:316@v2.14.3).
          return "tcp";
      }
  }
}
