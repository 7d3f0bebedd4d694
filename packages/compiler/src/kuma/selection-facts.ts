/** What differs between releases in which proxies a policy selects (pkg/plugins/policies/core/matchers). */
export interface SelectionFacts {
  /** Whether a policy with the label `kuma.io/effect: shadow` has an effect. */
  readonly shadowPolicies: "effective" | "skipped";
  /** Whether tags select inbounds in state Ignored. */
  readonly ignoredInbounds: "selected" | "skipped";
  /** Whether a policy on Dataplanes selects inbounds in state Ignored. */
  readonly ignoredInboundsOfDataplanes: "selected" | "skipped";
  /** Whether a policy counts only in its zone and namespace, unless its role says otherwise. */
  readonly policyScope: "mesh" | "zone-and-namespace";
  /** Which Dataplanes a MeshGateway gives the keys of its listeners. */
  readonly gatewaySelection: "builtin-gateways" | "all-dataplanes" | "none";
  /** Which MeshGateways a Dataplane may have: all, or those of its zone and of no zone. */
  readonly gatewayCandidates: "mesh" | "zone";
  /** What a policy on a MeshGateway does to the proxies that have none. */
  readonly gatewayPolicies: "pass-over-others" | "break-others";
  /** How a policy names a MeshGateway. */
  readonly gatewayNames: "name" | "name-or-hashed" | "display-name";
  /** Which tags of a gateway listener a policy on the MeshGateway looks at: its own, or those of the gateway too. */
  readonly gatewayPolicyTags: "listener" | "all";
  /** Whether two gateway listeners on one port are two keys. */
  readonly gatewayKeys: "by-listener" | "by-port";
  /** Whether a delegated gateway is selected by its tags, inbounds or not; and by a policy on Dataplanes. */
  readonly delegatedGateways: "by-inbounds" | "by-tags" | "by-tags-or-dataplane";
  /** What a section of a Dataplane is: an inbound by its name, or by its port if it has no name. */
  readonly dataplaneSections: "name" | "name-or-port";
  /** Whether the display name of a Dataplane is a label even where none is written. */
  readonly dataplaneLabels: "as-written" | "with-display-name";
  /** Whether policies select the listeners that a Dataplane embeds. */
  readonly embeddedListeners: "unknown" | "selected";
}

export const oldestSelection: SelectionFacts = {
  shadowPolicies: "effective",
  ignoredInbounds: "selected",
  ignoredInboundsOfDataplanes: "selected",
  policyScope: "mesh",
  gatewaySelection: "builtin-gateways",
  gatewayCandidates: "mesh",
  gatewayPolicies: "pass-over-others",
  gatewayNames: "name",
  gatewayPolicyTags: "listener",
  gatewayKeys: "by-listener",
  delegatedGateways: "by-inbounds",
  dataplaneSections: "name",
  dataplaneLabels: "as-written",
  embeddedListeners: "unknown",
};
