import type { PolicyCriterion } from "../kuma/match-facts.ts";
import type { Profile } from "../kuma/profile.ts";
import { compareText } from "../validate/compare-text.ts";
import type { TargetRef } from "../validate/policy.ts";
import { roleOf, type SelectingPolicy, selectionOf, type TargetingItem } from "./selecting-policy.ts";

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
 * What decides between two policies: the first thing in which they differ; `undefined` where there is none, and the order
 * of the store decides.
 */
export function decidingCriterion(
  a: SelectingPolicy,
  b: SelectingPolicy,
  profile: Profile,
): PolicyCriterion | undefined {
  return profile.policyOrder.find((criterion) => criteria[criterion](profile)(a, b) !== 0);
}

/** Compares policies by which the items of `rules` are ordered (core/rules/inbound/sort.go@v2.14.3). */
export function compareForInbound(profile: Profile): Comparison<SelectingPolicy> {
  return firstDifference([compareAttributes(profile), compareDisplayNames]);
}

/**
 * Compares items of `to`: their policies but for the names, then the kinds that they are for, MeshServices as a whole
 * before their ports, and names last (core/rules/outbound/sort.go@v2.14.3).
 */
export function compareToItems(profile: Profile): Comparison<TargetingItem> {
  const attributes = compareAttributes(profile);
  return firstDifference<TargetingItem>([
    (a, b) => attributes(a.policy, b.policy),
    (a, b) => kindRank(a.targetRef, profile) - kindRank(b.targetRef, profile),
    (a, b) => portsOfServices(a) - portsOfServices(b),
    (a, b) => compareDisplayNames(a.policy, b.policy),
  ]);
}

/** 1 for an item that is for a port of MeshServices. */
function portsOfServices({ targetRef: { kind, sectionName = "" } }: TargetingItem): number {
  return Number(kind === "MeshService" && sectionName !== "");
}

/** What policies are ordered by beside their names. Tags of gateways count for whole policies only. */
function compareAttributes(profile: Profile): Comparison<SelectingPolicy> {
  const attributes = profile.policyOrder.filter((one) => one !== "gateway-tags" && one !== "display-name");
  return firstDifference(attributes.map((criterion) => criteria[criterion](profile)));
}

/** Descending: of equally strong policies the one with the smallest display name wins. */
const compareDisplayNames: Comparison<SelectingPolicy> = (a, b) =>
  compareText(b.resource.displayName, a.resource.displayName);

/** Compares by one thing after the other. */
function firstDifference<T>(comparisons: readonly Comparison<T>[]): Comparison<T> {
  return (a, b) => {
    for (const compare of comparisons) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** The place of a kind; one that Kuma does not order is weaker than all that it does. */
function kindRank({ kind }: TargetRef, { kindOrder }: Profile): number {
  return kindOrder.indexOf(kind);
}

const criteria: Readonly<Record<PolicyCriterion, (profile: Profile) => Comparison<SelectingPolicy>>> = {
  kind: (profile) => (a, b) => kindRank(selectionOf(a), profile) - kindRank(selectionOf(b), profile),
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
