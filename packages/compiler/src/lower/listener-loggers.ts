import type { AccessLogFilter } from "../envoy/messages.ts";
import type { Profile } from "../kuma/profile.ts";
import type { NetworkFilter } from "../listeners/listener.ts";
import type { InboundRule } from "../match/inbound-rules.ts";
import { oncePerPair } from "../once-per-pair.ts";
import { demand, type ListenerValues } from "./link.ts";
import type { LinkedList } from "./linked-logger.ts";
import { type Demand, demandsOf, isSameList, type LoggerList, loggerList } from "./logger-list.ts";
import type { LoweredConfs } from "./lower.ts";
import { matchFilter } from "./match-filter.ts";
import type { Templates } from "./template.ts";
import { type Traffic, type TrafficKind, trafficKind } from "./traffic-kind.ts";

type Confs = readonly Pick<InboundRule, "conf" | "match">[];

/**
 * The loggers that confs give a listener, for each type of network filter that its chains have. A listener without
 * such a filter has none; from Kuma 2.11 on it counts all the same when clusters are numbered.
 *
 * @param confs in the order of the loggers.
 */
export function listenerLoggers(
  confs: Confs,
  lowered: LoweredConfs,
  traffic: Traffic,
  filters: readonly NetworkFilter[],
  profile: Profile,
  values: ListenerValues,
): ReadonlyMap<NetworkFilter, readonly LinkedList[]> {
  const carriers = profile.clusterNumbering === "carried" ? filters : [undefined];
  const kinds = carriers.map((carrier) => trafficKind(traffic, carrier, profile));
  const prepared = preparedOf(confs, lowered);
  demand(prepared.demandsOf(kinds), values);
  return new Map(
    filters.map((filter, i) => [filter, [{ list: prepared.listOf(kinds[i] ?? kinds[0] ?? "tcp"), values }]]),
  );
}

/** What confs come to without a proxy: the same for all that they hold for. */
interface Prepared {
  readonly listOf: (kind: TrafficKind) => LoggerList;
  /** What lists ask of a proxy that are made together. */
  readonly demandsOf: (kinds: readonly TrafficKind[]) => readonly Demand[];
}

const preparedOf = oncePerPair(prepare);

function prepare(confs: Confs, lowered: LoweredConfs): Prepared {
  const rows = confs.flatMap(({ conf, match }): { templates: Templates; filter: AccessLogFilter | undefined } | [] => {
    const templates = lowered.get(conf);
    return templates === undefined ? [] : { templates, filter: match && matchFilter(match) };
  });
  const lists = new Map<TrafficKind, LoggerList>();
  const demands = new Map<string, readonly Demand[]>();
  return {
    listOf(kind) {
      const before = lists.get(kind);
      if (before !== undefined) return before;
      const made = loggerList(rows.map(({ templates, filter }) => ({ backends: templates[kind], filter })));
      // Kinds of traffic differ only where a default format does.
      const list = [...lists.values()].find((other) => isSameList(other, made)) ?? made;
      lists.set(kind, list);
      return list;
    },
    demandsOf(kinds) {
      const key = kinds.join();
      const before = demands.get(key);
      if (before !== undefined) return before;
      const made = demandsOf(rows.flatMap(({ templates }) => kinds.flatMap((kind) => templates[kind])));
      demands.set(key, made);
      return made;
    },
  };
}
