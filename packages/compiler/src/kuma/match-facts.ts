/** What differs between releases in which of several policies counts, and for which traffic. */
export interface MatchFacts {
  /** By what policies are ordered: the first difference decides. */
  readonly policyOrder: readonly PolicyCriterion[];
  /** The kinds of a targetRef, weakest first; another one is weaker than all. */
  readonly kindOrder: readonly string[];
  /** Whether an origin that Kuma does not know counts as none, or as weaker than all. */
  readonly otherOrigins: "unset" | "weakest";
  /** The roles of a policy, weakest first, and where all others stand. */
  readonly roleOrder: readonly string[];
  readonly otherRoles: "weakest" | "strongest";

  /** Whether there are rules by tags: for traffic to a `kuma.io/service`. */
  readonly hasTagRules: boolean;
  /** How the rules for `to` come about: by partition of the space of tags, or one for each thing that an item names. */
  readonly toRules: "partition" | "named-subsets";
  /** Which items are partitioned together: all, those that hang together, or those of which each two meet. */
  readonly tagGroups: "one" | "components" | "cliques";
  /** How the partition is counted: as binary numbers of tags, or of their keys. It shows in the order of rules only. */
  readonly partitionOrder: "by-tags" | "by-keys";
  /**
   * When a tag of one subset lets a tag of another pass that has the same key: see `admits` in match/tag-subset.ts.
   */
  readonly tagContainment: "other-is-negative" | "one-is-negative" | "implied";
  /** Whether two subsets meet as soon as one has a key that the other lacks, or if no key keeps them apart. */
  readonly tagIntersection: "first-lacking-key" | "all-keys";
  /** What traffic is looked up as: a subset that a rule must contain, or an element that may lack keys. */
  readonly tagLookup: "subset" | "element";
  /** Whether a policy with an item for a MeshHTTPRoute loses all its items in the rules by tags. */
  readonly routeItemsHideOthers: boolean;

  /** How an inbound is logged: by the rules of `from`, by all its rules merged to one conf, or by every rule it meets. */
  readonly inboundRules: "from-rules" | "merged" | "independent";

  /** Whether an item of `to` may name its resource, or has to select it by labels. */
  readonly targetsByName: boolean;
  /** What a `sectionName` of `to` is: taken unseen, a port's name or any text of its number, or what the port is called. */
  readonly targetSections: "unseen" | "name-or-number" | "port-name";
  /** How a real resource finds its rule: step by step from the section upwards, or by the first of three that is there. */
  readonly resourceLookup: "by-steps" | "first-of-three";
}

/** What two policies are compared by; `name` ascending, `display-name` descending. */
export type PolicyCriterion = "kind" | "name" | "dataplane" | "origin" | "gateway-tags" | "role" | "display-name";

export const oldestMatching: MatchFacts = {
  policyOrder: ["kind", "name"],
  kindOrder: ["Mesh", "MeshSubset", "MeshService", "MeshServiceSubset", "MeshGatewayRoute"],
  otherOrigins: "unset",
  roleOrder: [],
  otherRoles: "strongest",
  hasTagRules: true,
  toRules: "partition",
  tagGroups: "one",
  partitionOrder: "by-tags",
  tagContainment: "other-is-negative",
  tagIntersection: "first-lacking-key",
  tagLookup: "subset",
  routeItemsHideOthers: false,
  inboundRules: "from-rules",
  targetsByName: true,
  targetSections: "unseen",
  resourceLookup: "by-steps",
};
