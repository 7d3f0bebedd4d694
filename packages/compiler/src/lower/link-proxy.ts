import type { AccessLog, Cluster } from "../envoy/messages.ts";
import type { Listener } from "../listeners/listener.ts";
import { inboundConfs, type InboundRule } from "../match/inbound-rules.ts";
import { toRules } from "../match/legacy-rules.ts";
import type { Selection } from "../match/select.ts";
import type { Dataplane, Inbound } from "../source/dataplane.ts";
import type { Conf, Match, Policy } from "../validate/policy.ts";
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
  const outbound = toRules(
    selections.map(({ policy }) => policy),
    profile,
  );

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
      const found = outbound.find({ "kuma.io/service": listener.rules.service ?? passThrough });
      return { listener, accessLog: found === undefined ? [] : loggers(found.conf), needsTlsInspector: false };
    }
    const rules = inboundConfs(policiesAt(selections, listener.rules.inbound), profile);
    return {
      listener,
      accessLog: rules.flatMap(({ conf, match }) => loggers(conf, match)),
      needsTlsInspector: rules.some(looksAtSni),
    };
  });
  const { clusters, error } = linker.finish();
  return error === undefined ? { listeners: linked, clusters } : { listeners: [], clusters: [], error };
}

/** The `kuma.io/service` of traffic to none. */
const passThrough = "pass_through";

/** A policy counts once for every inbound that it selects on an address and port. */
function policiesAt(selections: readonly Selection[], { address, port }: Inbound): readonly Policy[] {
  return selections.flatMap(({ policy, inbounds }) =>
    inbounds.filter((inbound) => inbound.address === address && inbound.port === port).map(() => policy),
  );
}

function looksAtSni({ match }: InboundRule): boolean {
  return match?.sni !== undefined;
}
