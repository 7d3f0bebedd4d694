import type { Profile } from "../kuma/profile.ts";
import type { NetworkFilter } from "../listeners/listener.ts";
import type { InboundRule } from "../match/inbound-rules.ts";
import { linkInto, type ListenerValues } from "./link.ts";
import type { LinkedLogger } from "./linked-logger.ts";
import type { LoweredConfs } from "./lower.ts";
import { matchFilter } from "./match-filter.ts";
import { type Traffic, trafficKind } from "./traffic-kind.ts";

/**
 * The loggers that confs give a listener, for each type of network filter that its chains have. A listener without
 * such a filter has none; from Kuma 2.11 on it counts all the same when clusters are numbered.
 *
 * @param confs in the order of the loggers.
 */
export function listenerLoggers(
  confs: readonly Pick<InboundRule, "conf" | "match">[],
  lowered: LoweredConfs,
  traffic: Traffic,
  filters: readonly NetworkFilter[],
  profile: Profile,
  values: ListenerValues,
): ReadonlyMap<NetworkFilter, readonly LinkedLogger[]> {
  const carriers = profile.clusterNumbering === "carried" ? filters : [undefined];
  const lists = carriers.map((carrier) => ({
    kind: trafficKind(traffic, carrier, profile),
    loggers: [] as LinkedLogger[],
  }));
  for (const { conf, match } of confs) {
    const templates = lowered.get(conf);
    if (templates === undefined) continue;
    const filter = match && matchFilter(match);
    for (const { kind, loggers } of lists) linkInto(loggers, templates[kind], values, filter);
  }
  return new Map(filters.map((filter, i) => [filter, (lists[i] ?? lists[0])?.loggers ?? []]));
}
