import type { Change } from "../change.ts";

/** Which listeners a proxy has, and what stands in their logs. */
export const listeners: readonly Change[] = [
  {
    what: "An outbound names its service in its tags only.",
    landed: ["2.4.0"],
    sets: { outboundServices: "tag" },
    source: "api/mesh/v1alpha1/dataplane_helpers.go:233@2.4.10",
  },
  {
    what: "Inbounds have a state, and only those in state Ready are endpoints of their service.",
    landed: ["2.5.1"],
    sets: { ignoredEndpoints: "left-out" },
    source: "api/mesh/v1alpha1/dataplane_helpers.go:180@2.5.1",
  },
  {
    what: "A service that only inbounds in state Ignored make up has no address.",
    landed: ["2.5.2"],
    sets: { ignoredServices: "left-out" },
    source: "pkg/dns/vips_allocator.go:198@2.5.2",
  },
  {
    what: "A MeshHTTPRoute for a service, from 2.3 on a MeshTCPRoute too, changes the listener that the TrafficRoute made.",
    landed: ["2.1.0"],
    sets: { routePolicies: "over-traffic-routes" },
    source: "pkg/xds/generator/outbound_proxy_generator.go:64@2.1.7",
  },
  {
    what: "Route policies make the outbound listeners, unless the mesh has TrafficRoutes and no route policy applies.",
    landed: ["2.6.0"],
    sets: { outboundRouting: "route-policies-first", routePolicies: "own-listeners", externalServices: "by-tag" },
    source: "pkg/plugins/policies/meshhttproute/plugin/v1alpha1/plugin.go@2.6.0",
  },
  {
    what: "Each listener of a gateway has rules of its own, `from` too; route policies make listeners of gateways, and of sidecars with the tags of a MeshGateway.",
    landed: ["2.6.0"],
    sets: { gatewayRules: "listener", gatewayRoutes: "route-policies-first" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go@2.6.0",
  },
  {
    what: "A service that only workloads without ports make up has no address.",
    landed: ["2.7.0"],
    sets: { portlessServices: "left-out" },
    source: "pkg/dns/vips_allocator.go:355@2.7.0",
  },
  {
    what: "Passthrough of IPv6 depends on `ipFamilyMode`.",
    landed: ["2.7.0"],
    sets: { passthroughIpv6: "by-family-or-port" },
    source: "pkg/xds/generator/transparent_proxy_generator.go:146@v2.7.29",
  },
  {
    what: "Of two inbounds on one address and port only the first configures their listener.",
    landed: ["2.7.25", "2.9.15", "2.11.13", "2.12.10", "2.13.5", "2.14.0"],
    sets: { sharedInbounds: "first" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:140@v2.14.3",
  },
  {
    what: "MeshPassthrough gives the passthrough listeners filter chains of its own.",
    landed: ["2.8.0"],
    sets: { passthroughMatches: "both-listeners" },
    source: "pkg/plugins/policies/meshpassthrough/plugin/xds/configurer.go:66@2.8.8",
  },
  {
    what: "A passthrough listener keeps its chain where MeshPassthrough has no match of its family.",
    landed: ["2.9.0"],
    sets: { passthroughMatches: "matched-listeners" },
    source: "pkg/plugins/policies/meshpassthrough/plugin/xds/configurer.go:113@2.9.2",
  },
  {
    what: "MeshService, MeshExternalService and MeshMultiZoneService have listeners; in mode Exclusive `kuma.io/service` has none.",
    landed: ["2.9.0"],
    sets: {
      realResources: "logged",
      serviceAddresses: "unless-exclusive",
      passthroughIpv6: "unless-ipv4",
      ownOutbounds: "replaced",
      mixedBackends: "kept",
    },
    source: "pkg/xds/generator/transparent_proxy_generator.go:46@2.9.19",
  },
  {
    what: "An HTTP listener of a MeshExternalService needs no zone egress.",
    landed: ["2.10.0"],
    sets: { externalServiceListeners: "always" },
    source: "pkg/plugins/policies/core/xds/meshroute/listeners.go:201@2.9.19",
  },
  {
    what: "A proxy is transparent only with a port to redirect to, and in the family of its address; it may bind its outbounds instead.",
    landed: ["2.11.0"],
    sets: { transparency: "redirected", directAccess: "transparent", boundOutbounds: "bound" },
    source: "pkg/transparentproxy/config/dataplane/config_dataplane.go:88@v2.14.3",
  },
  {
    what: "The port of a MeshExternalService is a section of it; a reachable backend with an unknown port stands for all ports; routes that lead nowhere stay.",
    landed: ["2.12.0"],
    sets: { externalServiceSections: "port", unknownReachablePort: "all-ports", routesToNowhere: "kept" },
    source: "pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go:109@v2.12.14",
  },
  {
    what: "An inbound is called by its name under unified names.",
    landed: ["2.13.0"],
    sets: { inboundSections: "name" },
    source: "pkg/xds/generator/inbound_proxy_generator.go:42@v2.13.10",
  },
  {
    what: "The field `protocol` of an inbound goes before the tag `kuma.io/protocol`; a control plane may do without inbound tags; routes that lead nowhere are dropped; Dataplanes embed zone proxies.",
    landed: ["2.14.0"],
    sets: {
      inboundProtocol: "field-or-tag",
      ownName: "service-tag-or-workload",
      routesToNowhere: "dropped",
      zoneProxies: "exclusive",
    },
    source: "api/mesh/v1alpha1/dataplane_helpers.go:420@v2.14.3",
  },
  {
    what: "There are no inbound tags and no `kuma.io/service`: the field `protocol` and the workload label count, backends are found by labels, and passthrough is logged as the Mesh says.",
    landed: ["main"],
    sets: {
      inboundProtocol: "field",
      ownName: "workload",
      serviceAddresses: "never",
      backendRefs: "by-labels",
      outboundRouting: "route-policies",
      routesToNowhere: "kept",
      directAccess: "without-tags",
      passthroughRules: "mesh",
      zoneProxies: "always",
    },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go@main",
  },
];
