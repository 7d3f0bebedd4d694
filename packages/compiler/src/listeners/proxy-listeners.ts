import type { AllocatedOutbound, ProxyMetadata } from "../kuma/control-plane.ts";
import type { Profile } from "../kuma/profile.ts";
import { oncePerList } from "../match/once-per-list.ts";
import type { TargetResources } from "../match/resource-rules.ts";
import type { RoutePolicy } from "../match/route-policies.ts";
import { type RouteRules, routeRules } from "../match/route-rules.ts";
import { selectGateway } from "../match/select-gateway.ts";
import { type PolicyIndex, select, type SelectedProxy } from "../match/select.ts";
import type { SelectingPolicy } from "../match/selecting-policy.ts";
import type { MeshWorld } from "../match/world.ts";
import { directAccessListeners } from "./direct-access.ts";
import { gatewayListeners } from "./gateways.ts";
import { inboundListeners } from "./inbounds.ts";
import type { ProxyListeners } from "./listener.ts";
import { meshPassthrough } from "./mesh-passthrough.ts";
import { outboundListeners } from "./outbounds.ts";
import { ownNames } from "./own-names.ts";
import { passthroughListeners } from "./passthrough.ts";
import { type OutboundWorld, proxyOutbounds } from "./proxy-outbounds.ts";
import { indexRealResources } from "./resolve-backend.ts";
import { routing } from "./routing.ts";
import { services } from "./services.ts";
import { hasUnifiedNames } from "./unified-names.ts";
import { zoneProxyListeners } from "./zone-proxies.ts";

/** What the listeners of the proxies of one mesh have in common, computed once. */
export interface ListenerWorld extends OutboundWorld {
  readonly world: MeshWorld;
  /** What items of `to` can be for. */
  readonly targets: TargetResources;
  /** The rules of the route policies that select a proxy, lowest precedence first. */
  readonly routeRules: (policies: readonly RoutePolicy[]) => RouteRules;
}

/** Prepares a mesh. */
export function listenerWorld(world: MeshWorld, profile: Profile): ListenerWorld {
  const { resource, mesh, dataplanes, externalServices, realResources, routes } = world;
  const targets = { ...(resource === undefined ? {} : { meshResource: resource }), realResources, routes };
  return {
    world,
    mesh,
    services: services(dataplanes, externalServices, profile),
    realResources: indexRealResources(realResources, profile),
    targets,
    routeRules: oncePerList((policies: readonly RoutePolicy[]) => routeRules(policies, targets, profile)),
  };
}

/** What a control plane knows of one proxy beyond its resources. */
export interface ProxyFacts {
  readonly metadata: ProxyMetadata;
  readonly outbounds: readonly AllocatedOutbound[] | undefined;
  readonly inboundTagsDisabled: boolean;
}

/** The listeners of a proxy that can log, and the occasions on which Kuma configures their logs, in its order. */
export function proxyListeners(
  proxy: SelectedProxy,
  prepared: ListenerWorld,
  { metadata, outbounds: allocated, inboundTagsDisabled }: ProxyFacts,
  profile: Profile,
): ProxyListeners {
  const { dataplane } = proxy;
  const { world, mesh } = prepared;
  const names = ownNames(dataplane, profile, inboundTagsDisabled);
  const selected = <P extends SelectingPolicy>(index: PolicyIndex<P>): ReturnType<typeof select<P>> =>
    select(index, proxy, profile);
  const [httpRoutes, tcpRoutes] = [selected(world.httpRoutes), selected(world.tcpRoutes)];
  const gateways = gatewayListeners(proxy, {
    // Only matching heeds zones (pkg/plugins/runtime/gateway/generator.go:111@v2.14.3).
    gateway: selectGateway(world.gateways, dataplane, { ...profile, gatewayCandidates: "mesh" }),
    mesh,
    names,
    gatewayRoutes: world.gatewayRoutes,
    httpRoutes,
    tcpRoutes,
    profile,
  });
  if (dataplane.gateway?.isBuiltin === true) return gateways;

  const isUnified = hasUnifiedNames(mesh, metadata, profile);
  const bindsOutbounds =
    profile.boundOutbounds === "bound" && (metadata.features?.includes("feature-bind-outbounds") ?? false);
  const outbounds = proxyOutbounds(dataplane, prepared, allocated, bindsOutbounds, profile);
  const context = { hasUnifiedNames: isUnified, services: prepared.services, profile };
  const rulesOf = (selections: typeof httpRoutes): RouteRules =>
    prepared.routeRules(selections.map(({ policy }) => policy));
  const outbound = outboundListeners(outbounds, {
    ...context,
    dataplane,
    names,
    routing: routing(rulesOf(httpRoutes), rulesOf(tcpRoutes), { ...context, realResources: prepared.realResources }),
    trafficRoutes: world.trafficRoutes,
    hasZoneEgress: world.hasZoneEgress,
  });
  const { filtersOf } = meshPassthrough(
    profile.passthroughMatches === "none" ? [] : selected(world.passthroughs).map(({ policy }) => policy.resource),
    profile,
  );
  const inbounds = inboundListeners(dataplane, names, isUnified, profile);
  const zoneProxies = zoneProxyListeners(
    dataplane,
    { mesh, realResources: world.realResources, identities: world.identities },
    profile,
  );
  const passthrough = bindsOutbounds
    ? { listeners: [], loggings: [] }
    : passthroughListeners(dataplane, names, isUnified, filtersOf, profile);
  const directAccess = directAccessListeners(dataplane, world.dataplanes, outbounds, mesh, names, profile);
  return {
    listeners: [inbounds, zoneProxies, outbound, passthrough, directAccess, gateways].flatMap(
      ({ listeners }) => listeners,
    ),
    loggings: [
      ...inbounds.loggings,
      ...zoneProxies.loggings,
      ...outbound.ofServices,
      ...passthrough.loggings,
      ...directAccess.loggings,
      ...gateways.loggings,
      ...outbound.ofRealResources,
    ],
  };
}
