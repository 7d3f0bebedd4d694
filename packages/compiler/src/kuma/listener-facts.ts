/** What differs between releases in which listeners a proxy has, how they are called and what stands in their logs. */
export interface ListenerFacts {
  /** What an inbound's log names as the protocol: the tag `kuma.io/protocol`, or the field `protocol` before it. */
  readonly inboundProtocol: "tag" | "field-or-tag" | "field";
  /** What an inbound is called under unified names: by the port of its workload, or by its name. */
  readonly inboundSections: "service-port" | "name";
  /** Whether two inbounds on one address and port configure their one listener twice. */
  readonly sharedInbounds: "each" | "first";
  /** What a proxy calls itself: its first service tag, its workload, or that only where inbounds have no tags. */
  readonly ownName: "service-tag" | "service-tag-or-workload" | "workload";
  /** When a Dataplane is transparent to its outbound traffic. */
  readonly transparency: "configured" | "redirected";
  /** When passthrough of IPv6 has a listener. */
  readonly passthroughIpv6: "by-port" | "by-family-or-port" | "unless-ipv4";
  /** Whether a transparent proxy has the outbounds that its Dataplane lists, beside those to everything. */
  readonly ownOutbounds: "kept" | "replaced";
  /** Where an outbound names its service: in the tags, or else in a field of its own. */
  readonly outboundServices: "tag" | "tag-or-field";
  /** Whether a proxy that binds its outbounds itself has those of a transparent one. */
  readonly boundOutbounds: "unknown" | "bound";
  /** Whether every `kuma.io/service` has an address for transparent proxies. */
  readonly serviceAddresses: "always" | "unless-exclusive" | "never";
  /** Whether inbounds in state Ignored make up services. */
  readonly ignoredServices: "counted" | "left-out";
  /** Whether an inbound that is not in state Ready is an endpoint of its service, whose protocol then counts. */
  readonly ignoredEndpoints: "counted" | "left-out";
  /** Whether a workload without ports makes up a service. */
  readonly portlessServices: "counted" | "left-out";
  /** How Kuma knows the protocol of an ExternalService: only by a TrafficPermission, or by its tag. */
  readonly externalServices: "unknown" | "by-tag";
  /** Whether traffic to a MeshService, MeshExternalService or MeshMultiZoneService has listeners of its own. */
  readonly realResources: "none" | "logged";
  /** Whether the port of a MeshExternalService is a section of it. */
  readonly externalServiceSections: "none" | "port";
  /** What an HTTP listener of a MeshExternalService needs: a zone egress, or nothing. */
  readonly externalServiceListeners: "with-zone-egress" | "always";
  /** How a `backendRef` of a Dataplane finds a resource: by name in the Dataplane's zone and namespace, or by labels. */
  readonly backendRefs: "by-name" | "by-labels";
  /** What a reachable backend with a port that its service lacks stands for. */
  readonly unknownReachablePort: "nothing" | "all-ports";
  /** Who makes outbound listeners: TrafficRoutes, route policies unless only TrafficRoutes are there, or route policies. */
  readonly outboundRouting: "traffic-routes" | "route-policies-first" | "route-policies";
  /** Whether TrafficRoutes stand beside the route policies that there are: MeshTCPRoute and MeshHTTPRoute. */
  readonly routePolicies: "none" | "over-traffic-routes" | "own-listeners";
  /** What becomes of routes to several backends, not all of which can be a route's. */
  readonly mixedBackends: "dropped" | "kept";
  /** What becomes of routes whose backends all lead nowhere. */
  readonly routesToNowhere: "dropped" | "kept";
  /** Which passthrough listeners have the chains of a MeshPassthrough instead of their own: both, or those with a match. */
  readonly passthroughMatches: "none" | "both-listeners" | "matched-listeners";
  /** What direct access needs: both ports to redirect to, a transparent proxy, or one in a mesh of inbounds without tags. */
  readonly directAccess: "both-ports" | "transparent" | "without-tags";
  /** Which conf logs passthrough and direct access: that for `pass_through`, or that of the Mesh. */
  readonly passthroughRules: "service" | "mesh";
  /** Which rules log the `to` direction of a gateway: those of the proxy, or those of each listener, and its inbound rules. */
  readonly gatewayRules: "proxy" | "listener";
  /** What makes the listeners of a MeshGateway: the routes of gateways, or the route policies where some select them. */
  readonly gatewayRoutes: "gateway-routes" | "route-policies-first";
  /** When embedded zone-proxy listeners exist. */
  readonly zoneProxies: "none" | "exclusive" | "always";
}

export const oldestListeners: ListenerFacts = {
  inboundProtocol: "tag",
  inboundSections: "service-port",
  sharedInbounds: "each",
  ownName: "service-tag",
  transparency: "configured",
  passthroughIpv6: "by-port",
  ownOutbounds: "kept",
  outboundServices: "tag-or-field",
  boundOutbounds: "unknown",
  serviceAddresses: "always",
  ignoredServices: "counted",
  ignoredEndpoints: "counted",
  portlessServices: "counted",
  externalServices: "unknown",
  realResources: "none",
  externalServiceSections: "none",
  externalServiceListeners: "with-zone-egress",
  backendRefs: "by-name",
  unknownReachablePort: "nothing",
  outboundRouting: "traffic-routes",
  routePolicies: "none",
  mixedBackends: "dropped",
  routesToNowhere: "dropped",
  passthroughMatches: "none",
  directAccess: "both-ports",
  passthroughRules: "service",
  gatewayRules: "proxy",
  gatewayRoutes: "gateway-routes",
  zoneProxies: "none",
};
