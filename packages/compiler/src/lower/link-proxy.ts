import type { AccessLog, Cluster } from "../envoy/messages.ts";
import type { Listener } from "../listeners/listener.ts";
import { type InboundRule, inboundRules } from "../match/inbound-rules.ts";
import type { Selection } from "../match/select.ts";
import { toRules } from "../match/to-rules.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { Conf, Match } from "../validate/policy.ts";
import { listenerLoggers } from "./listener-loggers.ts";
import type { LoweredConfs } from "./lower.ts";
import { matchFilter } from "./match-filter.ts";
import { proxyLinker, type ProxySurroundings } from "./proxy-linker.ts";

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
  /** Kuma fails to generate this proxy, which then has neither listeners nor clusters. */
  readonly error?: string;
}

/** What linking needs beside the proxy. */
export interface LinkEnvironment extends ProxySurroundings {
  readonly lowered: LoweredConfs;
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
  environment: LinkEnvironment,
): LinkedProxy {
  const { profile, lowered } = environment;
  const linker = proxyLinker(dataplane, environment);
  const outbound = selections.length === 0 ? undefined : toRules(selections);

  const linked = listeners.map((listener): LoggedListener => {
    const values = linker.valuesOf(listener);
    const loggers = (conf: Conf, match?: Match): readonly AccessLog[] => {
      const templates = lowered.get(conf);
      if (templates === undefined) return [];
      const filter = match && matchFilter(match);
      return (
        listenerLoggers(templates, listener, [listener.filter], profile, values, filter).get(listener.filter) ?? []
      );
    };
    if (listener.rules.kind === "to") {
      const conf = outbound?.for(listener.rules.service);
      return { listener, accessLog: conf === undefined ? [] : loggers(conf), needsTlsInspector: false };
    }
    const rules = inboundRules(selections, listener.rules.inbound);
    return {
      listener,
      accessLog: rules.flatMap(({ conf, match }) => loggers(conf, match)),
      needsTlsInspector: rules.some(looksAtSni),
    };
  });
  const { clusters, error } = linker.finish();
  return error === undefined ? { listeners: linked, clusters } : { listeners: [], clusters: [], error };
}

function looksAtSni({ match }: InboundRule): boolean {
  return match?.sni !== undefined;
}
