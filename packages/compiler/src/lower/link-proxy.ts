import type { AccessLog, AccessLogFilter, Cluster } from "../envoy/messages.ts";
import type { Profile } from "../kuma/profile.ts";
import { isHttp, type Listener } from "../listeners/listener.ts";
import { type InboundRule, inboundRules } from "../match/inbound-rules.ts";
import type { Selection } from "../match/select.ts";
import { toRules } from "../match/to-rules.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { OpenTelemetryBackend } from "../source/open-telemetry-backend.ts";
import type { Conf } from "../validate/policy.ts";
import { clusterRegistry, type Collector } from "./clusters.ts";
import { link, type LinkValues } from "./link.ts";
import type { LoweredConfs } from "./lower.ts";
import { matchFilter } from "./match-filter.ts";
import { accessLogSocket, kumaValues } from "./proxy-values.ts";
import type { OpenTelemetryDestination, TrafficKind } from "./template.ts";

/** A listener with the loggers that Kuma appends to its filter. */
export interface LoggedListener {
  readonly listener: Listener;
  readonly accessLog: readonly AccessLog[];
  /** A rule looks at the SNI, so the listener has to read it. */
  readonly needsTlsInspector: boolean;
}

/** The loggers of a proxy, and the clusters that they need. */
export interface LinkedProxy {
  readonly listeners: readonly LoggedListener[];
  readonly clusters: readonly Cluster[];
}

/** What linking needs beside the proxy. */
export interface LinkEnvironment {
  readonly profile: Profile;
  readonly lowered: LoweredConfs;
  /** The MeshOpenTelemetryBackends of the mesh, oldest first. */
  readonly backends: readonly OpenTelemetryBackend[];
  /** Where kuma-dp has its sockets. */
  readonly workDirectory: string;
}

/**
 * Fills the templates with the values of a proxy, listener by listener in Kuma's order, since that order numbers the
 * clusters.
 *
 * @param selections the policies that select the proxy, lowest precedence first.
 */
export function linkProxy(
  dataplane: Dataplane,
  listeners: readonly Listener[],
  selections: readonly Selection[],
  { profile, lowered, backends, workDirectory }: LinkEnvironment,
): LinkedProxy {
  const registry = clusterRegistry({
    isIpv6: dataplane.address.includes(":"),
    connectTimeout: profile.clusterConnectTimeout,
  });
  const clusterOf = (destination: OpenTelemetryDestination): string | undefined => {
    const collector = collectorOf(destination, backends);
    return collector === undefined ? undefined : registry.nameOf(collector);
  };
  const socketPath = accessLogSocket(dataplane, workDirectory);
  const outbound = selections.length === 0 ? undefined : toRules(selections);

  const linked = listeners.map((listener): LoggedListener => {
    const values: LinkValues = { kuma: kumaValues(dataplane, listener), socketPath, clusterOf };
    const kind = trafficKind(listener);
    const loggers = (conf: Conf, filter?: AccessLogFilter): readonly AccessLog[] =>
      (lowered.get(conf)?.[kind] ?? []).flatMap((template) => link(template, values, filter) ?? []);

    if (listener.rules.kind === "to") {
      const conf = outbound?.for(listener.rules.service);
      return { listener, accessLog: conf === undefined ? [] : loggers(conf), needsTlsInspector: false };
    }
    const rules = inboundRules(selections, listener.rules.inbound);
    return {
      listener,
      accessLog: rules.flatMap(({ conf, match }) => loggers(conf, match && matchFilter(match))),
      needsTlsInspector: rules.some(looksAtSni),
    };
  });
  return { listeners: linked, clusters: registry.clusters() };
}

function trafficKind({ context, protocol }: Listener): TrafficKind {
  if (context === "passthrough" || context === "direct-access") return "passthrough";
  return isHttp(protocol) ? "http" : "tcp";
}

function looksAtSni({ match }: InboundRule): boolean {
  return match?.sni !== undefined;
}

/** An endpoint speaks gRPC; a backend speaks what it says. Of several backends with the labels the oldest counts. */
function collectorOf(
  destination: OpenTelemetryDestination,
  backends: readonly OpenTelemetryBackend[],
): Collector | undefined {
  if (destination.kind === "endpoint") return { ...destination.endpoint, http2: true };
  const labels = Object.entries(destination.labels);
  const found = backends.find(({ resource }) => labels.every(([key, value]) => resource.labels.get(key) === value));
  return found && { address: found.address, port: found.port, http2: found.protocol !== "http" };
}
