import type { Profile } from "../kuma/profile.ts";
import { selectTrafficRoute } from "../match/select-traffic-route.ts";
import { type ListenerKey, listenerKey } from "../match/select.ts";
import type { Dataplane } from "../source/dataplane.ts";
import { kri } from "../source/kri.ts";
import type { TrafficRoute } from "../source/traffic-route.ts";
import { compareText } from "../validate/compare-text.ts";
import {
  byName,
  filterFor,
  isHttp,
  joinHostPort,
  type Listener,
  type Logging,
  type NetworkFilter,
} from "./listener.ts";
import type { OwnNames } from "./own-names.ts";
import type { ProxyOutbound } from "./proxy-outbounds.ts";
import { type AppliedHttpRule, type HttpRoutes, httpRoutes, type Routing } from "./routing.ts";
import type { Services } from "./services.ts";

/** What the outbound listeners of a proxy depend on. */
export interface OutboundContext {
  readonly dataplane: Dataplane;
  readonly names: OwnNames;
  readonly hasUnifiedNames: boolean;
  readonly services: Services;
  readonly routing: Routing;
  readonly trafficRoutes: readonly TrafficRoute[];
  readonly hasZoneEgress: boolean;
  readonly profile: Profile;
}

/** The listeners of outbounds; what goes to a `kuma.io/service` and to a real resource is logged at different times. */
export interface OutboundListeners {
  readonly listeners: readonly Listener[];
  readonly ofServices: readonly Logging[];
  readonly ofRealResources: readonly Logging[];
}

/** An outbound with the listener that is made for it. */
interface Made {
  readonly outbound: ProxyOutbound;
  readonly listener: Listener;
  readonly routes: readonly string[];
}

/**
 * The listeners of outbounds. Those with HTTP are made before all others, and the last of one name stays
 * (pkg/plugins/policies/meshhttproute, meshtcproute).
 */
export function outboundListeners(outbounds: readonly ProxyOutbound[], context: OutboundContext): OutboundListeners {
  const { names, services, profile } = context;
  const made = outbounds.flatMap((outbound) => make(outbound, context));
  const isFirst = ({ listener: { filters } }: Made): boolean => filters.includes(filterFor("http"));
  const kept = byName([...made.filter(isFirst), ...made.filter((one) => !isFirst(one))]);
  // A service is logged on whatever listens on its address.
  const byKey = new Map<ListenerKey | undefined, Listener>(kept.map(({ listener }) => [listener.key, listener]));
  const outbound = { direction: "OUTBOUND", sourceService: names.proxy } as const;
  return {
    listeners: kept.map(({ listener }) => listener),
    ofServices: made.flatMap(({ outbound: { destination }, listener }): readonly Logging[] => {
      if (destination.kind !== "service") return [];
      const { service } = destination;
      return [
        {
          ...outbound,
          listener: listener.key === undefined ? listener : (byKey.get(listener.key) ?? listener),
          protocol: services.protocolOf(service),
          destinationService: service,
          rules: { kind: "service", service },
        },
      ];
    }),
    ofRealResources: kept
      .toSorted((a, b) => compareText(nameOf(a), nameOf(b)))
      .flatMap(({ outbound: { destination }, listener, routes }): readonly Logging[] => {
        if (destination.kind !== "real-resource" || profile.realResources === "none") return [];
        const { resource, section } = destination;
        return [
          {
            ...outbound,
            listener,
            protocol: listener.protocol,
            destinationService: resource.resource.displayName,
            rules: { kind: "real-resource", resource, section, routes },
          },
        ];
      }),
  };

  function nameOf({ listener: { name, resource } }: Made): string {
    return name ?? resource;
  }

  function make(one: ProxyOutbound, { hasUnifiedNames }: OutboundContext): readonly Made[] {
    const { address, destination } = one;
    const shape =
      destination.kind === "service" ? serviceShape(destination, context) : realResourceShape(destination, context);
    if (shape === undefined) return [];
    const resource =
      destination.kind === "service" ? destination.service : kri(destination.resource.resource, destination.section);
    const ownName = address === undefined ? null : `outbound:${joinHostPort(address.host, address.port)}`;
    const listener: Listener = {
      name: hasUnifiedNames && destination.kind === "real-resource" ? resource : ownName,
      resource,
      context: "outbound",
      direction: "OUTBOUND",
      protocol: shape.protocol,
      ...(address === undefined ? {} : { key: listenerKey(address.host, address.port) }),
      filters: shape.filters,
    };
    return [{ outbound: one, listener, routes: shape.routes }];
  }
}

/** What the listener of an outbound is made of. */
interface Shape {
  readonly protocol: string;
  readonly filters: readonly NetworkFilter[];
  readonly routes: readonly string[];
}

type Destination<K extends ProxyOutbound["destination"]["kind"]> = Extract<
  ProxyOutbound["destination"],
  { readonly kind: K }
>;

/** The listener of a service; `undefined` if there is none. */
function serviceShape(destination: Destination<"service">, context: OutboundContext): Shape | undefined {
  if (usesTrafficRoutes(context)) return trafficRouteShape(destination, context);
  return routedShape(destination, context.services.protocolOf(destination.service), context);
}

/** The listener of a real resource; `undefined` if there is none. */
function realResourceShape(destination: Destination<"real-resource">, context: OutboundContext): Shape | undefined {
  const { hasZoneEgress, profile } = context;
  const { resource, port } = destination;
  const needsEgress =
    resource.kind === "MeshExternalService" && profile.externalServiceListeners === "with-zone-egress";
  if (usesTrafficRoutes(context) || (needsEgress && isHttp(port.protocol) && !hasZoneEgress)) return undefined;
  return routedShape(destination, port.protocol, context);
}

/** Whether TrafficRoutes make the listeners: always, or where the mesh has some and no route policy takes their place. */
function usesTrafficRoutes({ trafficRoutes, routing, profile }: OutboundContext): boolean {
  switch (profile.outboundRouting) {
    case "traffic-routes":
      return true;
    case "route-policies-first":
      return trafficRoutes.length > 0 && !routing.hasRules;
    case "route-policies":
      return false;
  }
}

/** What the route policies make of an outbound with a protocol. */
function routedShape(
  destination: ProxyOutbound["destination"],
  protocol: string,
  context: OutboundContext,
): Shape | undefined {
  const { routing } = context;
  const rules = routing.httpRulesOf(destination);
  const routes = httpRoutes(rules, destination.kind === "real-resource", context);
  return policyShape(protocol, routes, rules !== undefined, routing.tcpRuleOf(destination));
}

/** What the route policies make of an outbound (pkg/plugins/policies/meshtcproute/plugin/v1alpha1/listeners_backendrefs.go:68@v2.14.3). */
function policyShape(
  protocol: string,
  routes: HttpRoutes,
  hasHttpRules: boolean,
  tcp: { readonly leadsNowhere: boolean } | undefined,
): Shape | undefined {
  const asTcp = { protocol, filters: ["envoy.filters.network.tcp_proxy"], routes: [] } as const;
  const nothing = { protocol, filters: [], routes: [] };
  if (!isHttp(protocol)) return tcp?.leadsNowhere === true ? nothing : asTcp;
  if (tcp !== undefined && !hasHttpRules) return tcp.leadsNowhere ? nothing : asTcp;
  return routes.isEmpty ? undefined : { protocol, filters: [filterFor(protocol)], routes: routes.names };
}

/** What the TrafficRoute for an outbound makes of it; without one its chain has no filter. */
function trafficRouteShape({ service, tags }: Destination<"service">, context: OutboundContext): Shape {
  const { dataplane, services, routing, trafficRoutes, profile } = context;
  const route = selectTrafficRoute(trafficRoutes, dataplane, { ...tags, "kuma.io/service": service });
  const own = services.protocolOf(service);
  const asRoutePolicy = (protocol: string): Shape | undefined => {
    if (profile.routePolicies !== "over-traffic-routes") return undefined;
    const destination = { kind: "service", service, tags } as const;
    const rules = routing.httpRulesOf(destination);
    // A rule without backends leads to the service itself, which has to be HTTP then.
    const leads = ({ backendRefs = [], leadsNowhere }: AppliedHttpRule): boolean =>
      backendRefs.length > 0 && !leadsNowhere;
    if (rules !== undefined && (isHttp(own) || rules.some(leads))) {
      return { protocol, filters: [filterFor("http")], routes: [] };
    }
    return routing.tcpRuleOf(destination) === undefined
      ? undefined
      : { protocol, filters: [filterFor("tcp")], routes: [] };
  };
  if (route === undefined) return asRoutePolicy(own) ?? { protocol: own, filters: [], routes: [] };
  const protocol = services.protocolOf(...route.services.map((one) => (one === "*" ? service : one)));
  return asRoutePolicy(protocol) ?? { protocol, filters: [filterFor(protocol)], routes: [] };
}
