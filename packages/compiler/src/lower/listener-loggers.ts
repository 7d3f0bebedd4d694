import type { AccessLogFilter } from "../envoy/messages.ts";
import type { Profile } from "../kuma/profile.ts";
import type { NetworkFilter } from "../listeners/listener.ts";
import { linkAll, type ListenerValues } from "./link.ts";
import type { LinkedLogger } from "./linked-logger.ts";
import type { Templates } from "./template.ts";
import { type Traffic, trafficKind } from "./traffic-kind.ts";

/**
 * The loggers that a conf gives a listener, for each type of network filter that its chains have. A listener without
 * such a filter has none; from Kuma 2.11 on it counts all the same when clusters are numbered.
 */
export function listenerLoggers(
  templates: Templates,
  traffic: Traffic,
  filters: readonly NetworkFilter[],
  profile: Profile,
  values: ListenerValues,
  filter?: AccessLogFilter,
): ReadonlyMap<NetworkFilter, readonly LinkedLogger[]> {
  const loggers = (carrier: NetworkFilter | undefined): readonly LinkedLogger[] =>
    linkAll(templates[trafficKind(traffic, carrier, profile)], values, filter);
  switch (profile.clusterNumbering) {
    case "carried":
      return new Map(filters.map((carrier) => [carrier, loggers(carrier)]));
    case "configured": {
      const same = loggers(undefined);
      return new Map(filters.map((carrier) => [carrier, same]));
    }
  }
}
