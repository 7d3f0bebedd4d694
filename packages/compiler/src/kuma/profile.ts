import type { KumaRelease } from "@meshlog/parser";
import { contains } from "./change.ts";
import { changes } from "./changes/index.ts";

/** What a release of Kuma does, as far as it differs between releases: the fold of the changes that it contains. */
export interface Profile {
  /** How a logger without a format gets one: from the filter that carries it, or from the traffic's protocol. */
  readonly defaultFormat: "by-filter" | "by-protocol";
  /** What stands for the default format on passthrough and direct-access listeners. */
  readonly passthroughDefault: "network-format" | "the-word-tcp";
  /** Which of several bodies of a backend counts: the first of tcp, file, openTelemetry; the last; or the one `type` names. */
  readonly backendBody: "first" | "last" | "by-type";
  /** Whether an OpenTelemetry logger carries its transport and log name itself or in `commonConfig`. */
  readonly openTelemetryConfig: "common-config" | "top-level";
  /** Whether `%KUMA_…%` is replaced in OpenTelemetry attributes, key and value. */
  readonly openTelemetryAttributes: "verbatim" | "interpolated";
  /** Whether Kuma warns of `openTelemetry.endpoint`. */
  readonly deprecatesEndpoint: boolean;
  /** How an OpenTelemetry endpoint is taken apart: at its colons, or as the authority of a URL. */
  readonly openTelemetryEndpoint: "split" | "url";
  /** Connect timeout of the clusters that access logs need, as protobuf JSON writes a duration. */
  readonly clusterConnectTimeout: string;
  /** What an inbound's log names as the protocol: the tag `kuma.io/protocol`, or the field `protocol` before it. */
  readonly inboundProtocol: "tag" | "field-or-tag" | "field";
  /** Whether inbound rules are merged to one conf, or every matching rule logs. */
  readonly inboundRules: "merged" | "independent";
  /** Whether there are OpenTelemetry backends, and whether these have a body. */
  readonly hasOpenTelemetry: boolean;
  readonly openTelemetryBody: "none" | "any-value";
  /** The lists of a policy that say what is logged. */
  readonly itemLists: readonly ("to" | "from" | "rules")[];
  /** Whether what is in `rules` is checked: only if the policy has `from` too, or always. */
  readonly checksRules: "beside-from" | "always";
  /** Whether policies on MeshGatewayRoute are accepted. */
  readonly hasGatewayRoutes: boolean;
  /** Whether the older TrafficLog, with the logging of a Mesh, has an effect. */
  readonly hasTrafficLog: boolean;
  /** How many line breaks end a record of a TCP backend. */
  readonly tcpLineBreaks: 1 | 2;
  /** Which routes a policy on a MeshHTTPRoute is found for; with sections, those of unified names have one that it lacks. */
  readonly routeLoggers: "none" | "exact" | "exact-with-sections" | "exact-or-whole";
}

const oldest: Profile = {
  defaultFormat: "by-filter",
  passthroughDefault: "network-format",
  backendBody: "first",
  openTelemetryConfig: "common-config",
  openTelemetryAttributes: "verbatim",
  deprecatesEndpoint: false,
  openTelemetryEndpoint: "split",
  clusterConnectTimeout: "10s",
  inboundProtocol: "tag",
  inboundRules: "merged",
  hasOpenTelemetry: false,
  openTelemetryBody: "none",
  itemLists: ["to", "from"],
  checksRules: "always",
  hasGatewayRoutes: true,
  hasTrafficLog: true,
  tcpLineBreaks: 2,
  routeLoggers: "none",
};

/** What a release of Kuma does. */
export function profile(release: KumaRelease): Profile {
  return changes
    .filter((change) => contains(release, change))
    .reduce((facts, change) => ({ ...facts, ...change.sets }), oldest);
}
