import type { PolicyCriterion } from "../kuma/match-facts.ts";
import type { Profile } from "../kuma/profile.ts";
import { compareText } from "../validate/compare-text.ts";
import type { TargetRef } from "../validate/policy.ts";
import { roleOf, type SelectingPolicy, selectionOf } from "./selecting-policy.ts";

/** Negative if the first is weaker, positive if it is stronger. */
export type Comparison<T> = (a: T, b: T) => number;

/**
 * Compares the precedence of two policies. The first difference decides; policies without one keep the order of the
 * store (`SortByTargetRef`, pkg/plugins/policies/core/matchers/dataplane.go:378@v2.14.3).
 */
export function comparePrecedence(profile: Profile): Comparison<SelectingPolicy> {
  return firstDifference(profile.policyOrder.map((criterion) => criteria[criterion](profile)));
}

/**
 * Compares what policies are ordered by beside their names, as Kuma does for their items too: where two gateways differ
 * in tags counts for whole policies only (`CompareByPolicyAttributes`, core/rules/sort/sort.go@v2.14.3).
 */
export function compareAttributes(profile: Profile): Comparison<SelectingPolicy> {
  const attributes = profile.policyOrder.filter((one) => one !== "gateway-tags" && one !== "display-name");
  return firstDifference(attributes.map((criterion) => criteria[criterion](profile)));
}

/** Descending: of equally strong policies the one with the smallest display name wins. */
export const compareDisplayNames: Comparison<SelectingPolicy> = (a, b) =>
  compareText(b.resource.displayName, a.resource.displayName);

/** Compares by one thing after the other. */
export function firstDifference<T>(comparisons: readonly Comparison<T>[]): Comparison<T> {
  return (a, b) => {
    for (const compare of comparisons) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** Compares two kinds of a targetRef; one that Kuma does not order is weaker than all that it does. */
export function compareKinds({ kindOrder }: Profile): Comparison<string> {
  return (a, b) => kindOrder.indexOf(a) - kindOrder.indexOf(b);
}

const criteria: Readonly<Record<PolicyCriterion, (profile: Profile) => Comparison<SelectingPolicy>>> = {
  kind(profile) {
    const compare = compareKinds(profile);
    return (a, b) => compare(selectionOf(a).kind, selectionOf(b).kind);
  },
  name: () => (a, b) => compareText(a.resource.name, b.resource.name),
  dataplane: () => (a, b) => compareDataplanes(selectionOf(a), selectionOf(b)),
  origin: (profile) => (a, b) => originRank(a, profile) - originRank(b, profile),
  "gateway-tags": () => (a, b) => gatewayTags(selectionOf(a)) - gatewayTags(selectionOf(b)),
  role: (profile) => (a, b) => roleRank(a, profile) - roleRank(b, profile),
  "display-name": () => compareDisplayNames,
};

/** Of two policies on Dataplanes, one by name is stronger than one by labels, then one with a section than one without. */
function compareDataplanes(a: TargetRef, b: TargetRef): number {
  if (a.kind !== "Dataplane" || b.kind !== "Dataplane") return 0;
  const [byA, byB] = [selectsBy(a), selectsBy(b)];
  if (byA * byB === -1) return byA - byB;
  return Number(Boolean(a.sectionName)) - Number(Boolean(b.sectionName));
}

/** 1 for a name, -1 for labels, 0 for neither. */
function selectsBy({ name = "", labels }: TargetRef): number {
  return name !== "" ? 1 : labels !== undefined ? -1 : 0;
}

/** The values of `kuma.io/origin`, weakest first; a policy without one stands between. */
const origins: readonly string[] = ["global", "", "zone"];

function originRank(policy: SelectingPolicy, { otherOrigins }: Profile): number {
  const place = origins.indexOf(label(policy, "kuma.io/origin"));
  return place === -1 && otherOrigins === "unset" ? origins.indexOf("") : place;
}

/** Policies of other kinds that come so far are of one kind, and have none. */
function gatewayTags({ kind, tags = {} }: TargetRef): number {
  return kind === "MeshGateway" ? Object.keys(tags).length : 0;
}

function roleRank(policy: SelectingPolicy, { roleOrder, otherRoles }: Profile): number {
  const place = roleOrder.indexOf(roleOf(policy));
  return place === -1 && otherRoles === "strongest" ? roleOrder.length : place;
}

function label(policy: SelectingPolicy, name: string): string {
  return policy.resource.labels.get(name) ?? "";
}
