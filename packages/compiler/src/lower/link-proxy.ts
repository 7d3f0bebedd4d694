import type { Cluster } from "../envoy/messages.ts";
import type { Profile } from "../kuma/profile.ts";
import { isHttp, type Listener, type Logging, type NetworkFilter, type ProxyListeners } from "../listeners/listener.ts";
import type { Selection } from "../match/select.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { Policy } from "../validate/policy.ts";
import { addAll, type Addition, nothing } from "./addition.ts";
import type { ListenerValues } from "./link.ts";
import { listenerLoggers } from "./listener-loggers.ts";
import type { LoggingRules, RuleBook } from "./logging-rules.ts";
import type { LoweredConfs } from "./lower.ts";
import { proxyLinker, type ProxySurroundings } from "./proxy-linker.ts";
import { routeIds } from "./route-ids.ts";
import { routedLoggers } from "./route-loggers.ts";
import type { BackendTemplate } from "./template.ts";
import { trafficKind } from "./traffic-kind.ts";
import { zoneProxyOptions } from "./zone-proxy-options.ts";

/** A listener, and what Kuma adds to it. */
export interface LoggedListener extends Addition {
  readonly listener: Listener;
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
  readonly rules: RuleBook;
}

/**
 * Fills the templates with the values of a proxy, one occasion of logging after the other in Kuma's order, since that
 * order numbers the clusters.
 *
 * @param selections the policies that select the proxy, lowest precedence first.
 */
export function linkProxy(
  dataplane: Dataplane,
  { listeners, loggings }: ProxyListeners,
  selections: readonly Selection<Policy>[],
  environment: LinkEnvironment,
): LinkedProxy {
  const { lowered, profile } = environment;
  const linker = proxyLinker(dataplane, environment);
  const rules = environment.rules(selections);
  const additions = new Map<Listener, Addition[]>(listeners.map((listener) => [listener, []]));
  for (const logging of loggings) {
    const occasion = { logging, rules, values: linker.valuesOf(logging), lowered, profile };
    additions.get(logging.listener)?.push(additionOf(occasion));
  }
  const { clusters, error } = linker.finish();
  if (error !== undefined) return { listeners: [], clusters: [], error };
  return { listeners: [...additions].map(([listener, found]) => ({ listener, ...addAll(found) })), clusters };
}

/** An occasion of logging, with what it depends on. */
interface Occasion {
  readonly logging: Logging;
  readonly rules: LoggingRules;
  readonly values: ListenerValues;
  readonly lowered: LoweredConfs;
  readonly profile: Profile;
}

function additionOf(occasion: Occasion): Addition {
  const { listener, rules } = occasion.logging;
  if (rules.kind !== "real-resource") return plainAddition(occasion);
  const [filter] = listener.filters;
  return filter === undefined && occasion.profile.clusterNumbering === "carried"
    ? nothing
    : routedAddition(occasion, rules.routes, filter);
}

/** The loggers of every listener but those of real resources. */
function plainAddition({ logging, rules, values, lowered, profile }: Occasion): Addition {
  const { listener, protocol } = logging;
  const confs = rules.of(logging);
  const traffic = { context: listener.context, protocol };
  return {
    ...nothing,
    accessLog: listenerLoggers(confs, lowered, traffic, listener.filters, profile, values),
    ...(listener.context === "zone-proxy" && confs.length > 0 ? { accessLogOptions: zoneProxyOptions } : {}),
    needsTlsInspector: confs.some(({ match }) => match?.sni !== undefined),
    because: [{ logging, values, confs, routes: new Map() }],
  };
}

/** The loggers of a real resource: those that its routes share, and those of routes with a conf of their own. */
function routedAddition(
  { logging, rules, values, lowered, profile }: Occasion,
  names: readonly string[],
  filter: NetworkFilter | undefined,
): Addition {
  const { listener, protocol } = logging;
  const kind = trafficKind({ context: listener.context, protocol }, filter, profile);
  const shared = rules.of(logging);
  // A real resource has one conf at most.
  const [own] = shared;
  const routes = names.flatMap((name) => {
    const ids = routeIds(name, profile);
    const conf = ids?.candidates.map(rules.ofRoute).find((one) => one !== undefined);
    return ids === undefined || conf === undefined ? [] : { name, id: ids.id, conf };
  });
  const { accessLog, httpFilters, routeMetadata } = routedLoggers(
    (own && lowered.get(own.conf)?.[kind]) ?? noBackends,
    routes.map(({ name, id, conf }) => ({ name, id, backends: lowered.get(conf.conf)?.[kind] ?? noBackends })),
    profile,
    isHttp(protocol),
    values,
  );
  return {
    ...nothing,
    accessLog: new Map(filter === undefined ? [] : [[filter, accessLog]]),
    httpFilters,
    routeMetadata,
    because: [{ logging, values, confs: shared, routes: new Map(routes.map(({ id, conf }) => [id, conf])) }],
  };
}

const noBackends: readonly BackendTemplate[] = [];
