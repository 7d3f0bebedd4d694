import type {
  AccessLog,
  AccessLogFilter,
  Cluster,
  HttpFilter,
  Metadata,
  TcpProxyTcpAccessLogOptions,
} from "../envoy/messages.ts";
import { isHttp, type Listener, type Logging, type NetworkFilter, type ProxyListeners } from "../listeners/listener.ts";
import type { EffectiveConf } from "../match/effective-conf.ts";
import { type InboundRule, inboundConfs } from "../match/inbound-rules.ts";
import { toRules } from "../match/legacy-rules.ts";
import { forRealResource, resourceRules, type TargetResources } from "../match/resource-rules.ts";
import { type ListenerKey, selectedAt, type Selection } from "../match/select.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { Conf, Policy } from "../validate/policy.ts";
import type { ListenerValues } from "./link.ts";
import { listenerLoggers } from "./listener-loggers.ts";
import type { LoweredConfs } from "./lower.ts";
import { matchFilter } from "./match-filter.ts";
import { proxyLinker, type ProxySurroundings } from "./proxy-linker.ts";
import { routeIds } from "./route-ids.ts";
import { routedLoggers } from "./route-loggers.ts";
import type { BackendTemplate } from "./template.ts";
import { trafficKind } from "./traffic-kind.ts";
import { zoneProxyOptions } from "./zone-proxy-options.ts";

/** What Kuma adds to a listener. */
export interface LoggedListener {
  readonly listener: Listener;
  /** The loggers that each type of filter gets, in order. */
  readonly accessLog: ReadonlyMap<NetworkFilter, readonly AccessLog[]>;
  /** Of every TCP proxy. */
  readonly accessLogOptions?: TcpProxyTcpAccessLogOptions;
  /** A rule looks at the SNI, so the listener has to read it. */
  readonly needsTlsInspector: boolean;
  /** Put before those of the HTTP connection manager. */
  readonly httpFilters: readonly HttpFilter[];
  /** By the name of the route. */
  readonly routeMetadata: Readonly<Record<string, Metadata>>;
  /** The confs that its loggers come from, in order. */
  readonly because: readonly EffectiveConf[];
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
  /** What items of `to` can be for. */
  readonly targets: TargetResources;
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
  const { profile } = environment;
  const linker = proxyLinker(dataplane, environment);
  const rules = proxyRules(selections, environment);
  const additions = new Map<Listener, Addition[]>(listeners.map((listener) => [listener, []]));
  for (const logging of loggings) {
    const addition = additionOf(logging, rules, linker.valuesOf(logging), environment);
    additions.get(logging.listener)?.push(addition);
  }
  const { clusters, error } = linker.finish();
  if (error !== undefined) return { listeners: [], clusters: [], error };
  const linked = [...additions].map(([listener, found]) => merge(listener, found));
  return { listeners: linked, clusters };

  function additionOf(
    logging: Logging,
    { of, ofRoute }: ProxyRules,
    values: ListenerValues,
    { lowered }: LinkEnvironment,
  ): Addition {
    const { listener, protocol } = logging;
    const traffic = { context: listener.context, protocol };
    const found = of(logging);
    const nothing = { accessLog: new Map(), needsTlsInspector: false, httpFilters: [], routeMetadata: {} };
    const templatesOf = (conf: Conf, filter: NetworkFilter | undefined): readonly BackendTemplate[] =>
      lowered.get(conf)?.[trafficKind(traffic, filter, profile)] ?? [];
    if (logging.rules.kind === "real-resource") {
      const [filter] = listener.filters;
      if (filter === undefined && profile.clusterNumbering === "carried") return { ...nothing, because: [] };
      const routes = logging.rules.routes.flatMap((name) => {
        const ids = routeIds(name, profile);
        const conf = ids?.candidates.map(ofRoute).find((one) => one !== undefined);
        return ids === undefined || conf === undefined ? [] : { name, id: ids.id, conf };
      });
      const routed = routedLoggers(
        found.flatMap(({ conf }) => templatesOf(conf, filter)),
        routes.map(({ conf, ...route }) => ({ ...route, backends: templatesOf(conf.conf, filter) })),
        profile,
        isHttp(protocol),
        values,
      );
      const byId = new Map(routes.map(({ id, conf }) => [id, conf]));
      return {
        ...routed,
        accessLog: new Map(filter === undefined ? [] : [[filter, routed.accessLog]]),
        needsTlsInspector: false,
        because: [...found, ...byId.values()],
      };
    }
    const loggers = found.map(({ conf, match }) => {
      const filter: AccessLogFilter | undefined = match && matchFilter(match);
      const templates = lowered.get(conf);
      return templates === undefined
        ? new Map<NetworkFilter, readonly AccessLog[]>()
        : listenerLoggers(templates, traffic, listener.filters, profile, values, filter);
    });
    return {
      ...nothing,
      accessLog: concat(loggers),
      ...(listener.context === "zone-proxy" && found.length > 0 ? { accessLogOptions: zoneProxyOptions } : {}),
      needsTlsInspector: found.some(({ match }) => match?.sni !== undefined),
      because: found,
    };
  }
}

/** What one occasion adds to a listener. */
type Addition = Omit<LoggedListener, "listener">;

function merge(listener: Listener, additions: readonly Addition[]): LoggedListener {
  const options = additions.find(({ accessLogOptions }) => accessLogOptions !== undefined)?.accessLogOptions;
  return {
    listener,
    accessLog: concat(additions.map(({ accessLog }) => accessLog)),
    ...(options === undefined ? {} : { accessLogOptions: options }),
    needsTlsInspector: additions.some(({ needsTlsInspector }) => needsTlsInspector),
    httpFilters: additions.flatMap(({ httpFilters }) => httpFilters),
    routeMetadata: Object.assign(
      {},
      ...additions.map(({ routeMetadata }) => routeMetadata),
    ) as LoggedListener["routeMetadata"],
    because: additions.flatMap(({ because }) => because),
  };
}

function concat(maps: readonly Addition["accessLog"][]): Addition["accessLog"] {
  const [first, ...others] = maps;
  if (first === undefined || others.length === 0) return first ?? new Map();
  const all = new Map<NetworkFilter, AccessLog[]>();
  for (const map of maps) {
    for (const [filter, loggers] of map) {
      const known = all.get(filter);
      if (known === undefined) all.set(filter, [...loggers]);
      else known.push(...loggers);
    }
  }
  return all;
}

/** The rules of one proxy. */
interface ProxyRules {
  /** What decides on an occasion, in the order of the loggers. */
  readonly of: (logging: Logging) => readonly InboundRule[];
  /** What decides for a MeshHTTPRoute, by its identifier. */
  readonly ofRoute: (id: string) => EffectiveConf | undefined;
}

function proxyRules(selections: readonly Selection<Policy>[], { targets, profile }: LinkEnvironment): ProxyRules {
  const policies = selections.map(({ policy }) => policy);
  const to = toRules(policies, profile);
  const ofResources = resourceRules(policies, targets, profile);
  const at = (key: ListenerKey): readonly Policy[] => selectedAt(selections, key);
  return {
    of({ rules }) {
      switch (rules.kind) {
        case "inbound":
          return inboundConfs(at(rules.key), profile);
        case "service":
          return listOf(to.find({ "kuma.io/service": rules.service }));
        case "mesh":
          return listOf(ofResources.forMesh());
        case "gateway":
          return listOf((rules.key === undefined ? to : toRules(at(rules.key), profile)).find({}));
        case "real-resource":
          return listOf(forRealResource(ofResources, rules.resource, rules.section, profile));
      }
    },
    ofRoute: (id) => ofResources.get(id),
  };
}

function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
