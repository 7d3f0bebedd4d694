import type { Change } from "../change.ts";

/** Which proxies a policy selects. */
export const selection: readonly Change[] = [
  {
    what: "Policies select MeshGateways; every proxy of the mesh that has none is no longer generated.",
    landed: ["2.4.0"],
    takenBack: ["2.5.0"],
    sets: { gatewayPolicies: "break-others" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go:228@2.4.10",
  },
  {
    what: "A policy names a MeshGateway by its name, or by the name that it has once synchronised to a zone; every Dataplane that a MeshGateway selects has its listeners.",
    landed: ["2.5.0"],
    sets: { gatewayNames: "name-or-hashed", gatewaySelection: "all-dataplanes" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go:42@2.5.11",
  },
  {
    what: "Inbounds in state Ignored are not selected by tags.",
    landed: ["2.5.1"],
    takenBack: ["2.7.25", "2.9.15", "2.11.13", "2.12.10", "2.13.5", "2.14.0"],
    sets: { ignoredInbounds: "skipped" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go:156@2.5.11",
  },
  {
    what: "A delegated gateway is selected by the tags of its gateway; listeners of a MeshGateway count once for each port, with the tags of the gateway.",
    landed: ["2.6.0"],
    sets: { delegatedGateways: "by-tags", gatewayKeys: "by-port", gatewayPolicyTags: "all" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go:186@2.6.15",
  },
  {
    what: "Shadow policies have no effect; a policy names a MeshGateway by its display name.",
    landed: ["2.7.0"],
    sets: { shadowPolicies: "skipped", gatewayNames: "display-name" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go@v2.7.29",
  },
  {
    what: "A policy counts in its zone, one of a consumer or workload owner in its namespace; a MeshGateway counts in its zone.",
    landed: ["2.9.0"],
    sets: { policyScope: "zone-and-namespace", gatewayCandidates: "zone" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go@2.9.0",
  },
  {
    what: "Policies on Dataplanes leave out inbounds in state Ignored.",
    landed: ["2.10.0"],
    takenBack: ["2.11.16", "2.12.10", "2.13.5", "2.14.0"],
    sets: { ignoredInboundsOfDataplanes: "skipped" },
    source: "api/mesh/v1alpha1/dataplane_helpers.go@2.10.0",
  },
  {
    what: "A section of a Dataplane is an inbound by its name, or by its port if it has no name.",
    landed: ["2.12.0"],
    sets: { dataplaneSections: "name-or-port" },
    source: "api/mesh/v1alpha1/dataplane_helpers.go@v2.12.14",
  },
  {
    what: "A policy on Dataplanes selects delegated gateways too.",
    landed: ["2.12.8", "2.13.3", "2.14.0"],
    sets: { delegatedGateways: "by-tags-or-dataplane" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go:212@v2.14.3",
  },
  {
    what: "Policies select the zone-proxy listeners that a Dataplane embeds.",
    landed: ["2.14.0"],
    sets: { embeddedListeners: "selected" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go:201@v2.14.3",
  },
  {
    what: "There are no MeshGateways any more; every Dataplane has its display name as a label.",
    landed: ["main"],
    sets: { gatewaySelection: "none", dataplaneLabels: "with-display-name" },
    source: "pkg/plugins/policies/core/matchers/dataplane.go@main",
  },
];
