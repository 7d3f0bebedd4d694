/** What a release makes of the labels of a resource that is applied, and of the namespace that it is applied to. */
export interface LabelFacts {
  /** Where the label `kuma.io/mesh` is filled in. */
  readonly meshLabel: "on-kubernetes" | "everywhere";
  /**
   * What becomes of `kuma.io/origin`: nothing; set, on Kubernetes where there is none; set where there is none; set,
   * whatever was there.
   */
  readonly originLabel: "none" | "set-on-universal" | "if-absent" | "set";
  /** Whether `kuma.io/zone` is filled in. */
  readonly zoneLabel: boolean;
  /** Whether `kuma.io/env` is filled in. */
  readonly environmentLabel: boolean;
  /** The kinds that get the labels of their zone: all, or those that zones may own. */
  readonly zoneLabelsOf: "every-kind" | "kinds-of-zones";
  /** Whether an object has its namespace as the label `k8s.kuma.io/namespace`: no, always, or unless it comes from elsewhere. */
  readonly namespaceLabel: "none" | "always" | "of-own-objects";
  /** Where the name becomes the label `kuma.io/display-name`. */
  readonly displayNameLabel: "none" | "on-kubernetes" | "everywhere";
  /** Whether proxies are labelled with their type, with the kinds of zone listeners that they have. */
  readonly proxyTypeLabel: boolean;
  readonly zoneListenerLabels: boolean;
  /**
   * How the role of a policy in a namespace of its own follows from its items: by which lists there are; by whether they
   * name services, or services and routes, of their namespace; the same by the labels that select by name.
   */
  readonly policyRole: "none" | "by-lists" | "by-services" | "by-services-and-routes" | "by-display-names";

  /** What the API server checks of labels, in its order. */
  readonly labelChecks: readonly LabelCheck[];
  /** In which words Kubernetes' library says what is wrong with a key or a value. */
  readonly labelSyntax: "qualified-name" | "label-key";
  /** What the webhook checks before all else, in its order. */
  readonly admissionChecks: readonly AdmissionCheck[];
  /** Its text for a label of the wrong value. */
  readonly labelRefusal: string;
  /** Its text for a policy without an origin. */
  readonly originRefusal: string;
  /** The namespaces that may hold policies: the system namespace, which is checked last of all; in a zone, any. */
  readonly policyNamespaces: "system" | "any-in-zone";
  /** Whether items on MeshService are refused outside the system namespace. */
  readonly refusesServiceItems: boolean;
  /** Whether a Mesh that owns an object has to be that of its label. */
  readonly checksOwners: boolean;
}

/** A check of labels by the API server. */
export type LabelCheck = "origin" | "origin of global" | "origin of zone" | "zone" | "mesh" | "role" | "syntax";

/** A check by the webhook. A zone is checked if it is part of a larger mesh; `role given` compares with a label that is there. */
export type AdmissionCheck =
  "origin of zone" | "origin in system namespace" | "origin of global" | "zone" | "role given" | "role";

/** Kuma 2.0, where labels are those of Kubernetes and have no meaning but the mesh. */
export const oldestLabels: LabelFacts = {
  meshLabel: "on-kubernetes",
  originLabel: "none",
  zoneLabel: false,
  environmentLabel: false,
  zoneLabelsOf: "every-kind",
  namespaceLabel: "none",
  displayNameLabel: "none",
  proxyTypeLabel: false,
  zoneListenerLabels: false,
  policyRole: "none",

  labelChecks: [],
  labelSyntax: "qualified-name",
  admissionChecks: [],
  labelRefusal: "Operation not allowed. {label} label should have {wanted} value, got {got}",
  originRefusal:
    "Operation not allowed. Applying policies on Zone CP requires 'kuma.io/origin' label to be set to 'zone'.",
  policyNamespaces: "system",
  refusesServiceItems: false,
  checksOwners: false,
};
