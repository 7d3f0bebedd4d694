import type { Policy } from "../validate/policy.ts";

/** Top-level kinds, weakest first (pkg/plugins/policies/core/rules/sort.go@v2.14.3). */
const kindRank: readonly string[] = [
  "Mesh",
  "Dataplane",
  "MeshSubset",
  "MeshGateway",
  "MeshService",
  "MeshExternalService",
  "MeshMultiZoneService",
  "MeshServiceSubset",
  "MeshHTTPRoute",
];

/** The values of `kuma.io/origin`, weakest first; a policy without one stands between. */
const originRank: readonly string[] = ["global", "", "zone"];

/** The values of `kuma.io/policy-role`, weakest first; `system` is the default, an unknown one is weaker than all. */
const roleRank: readonly string[] = ["system", "producer", "consumer", "workload-owner"];

type Comparison = (a: Policy, b: Policy) => number;

const byKind: Comparison = (a, b) => rank(kindRank, kindOf(a)) - rank(kindRank, kindOf(b));

/** Of two policies on Dataplanes, one by name is stronger than one by labels, then one with a section than one without. */
const byDataplane: Comparison = (a, b) => {
  const [x, y] = [a.spec.targetRef, b.spec.targetRef];
  if (x?.kind !== "Dataplane" || y?.kind !== "Dataplane") return 0;
  const selectsBy = ({ name, labels }: typeof x): number =>
    name !== undefined && name !== "" ? 1 : labels !== undefined ? -1 : 0;
  const [byX, byY] = [selectsBy(x), selectsBy(y)];
  if (byX * byY === -1) return byX - byY;
  return Number(Boolean(x.sectionName)) - Number(Boolean(y.sectionName));
};

const byOrigin: Comparison = (a, b) =>
  rank(originRank, label(a, "kuma.io/origin") ?? "") - rank(originRank, label(b, "kuma.io/origin") ?? "");

const byRole: Comparison = (a, b) => rank(roleRank, role(a)) - rank(roleRank, role(b));

/** Descending: of equally strong policies the one with the smallest display name wins. */
const byDisplayName: Comparison = (a, b) => compareTexts(b.resource.displayName, a.resource.displayName);

/**
 * Compares the precedence of two policies: negative if the first is weaker. The first difference decides; policies
 * without one keep the order of the store (pkg/plugins/policies/core/rules/sort.go:378@v2.14.3).
 */
export function comparePrecedence(a: Policy, b: Policy): number {
  return byKind(a, b) || byDataplane(a, b) || byOrigin(a, b) || byRole(a, b) || byDisplayName(a, b);
}

/** The role of a policy: `system` without a label. */
export function role(policy: Policy): string {
  return label(policy, "kuma.io/policy-role") ?? "system";
}

/** The kind that a policy selects; without `targetRef` it is the Mesh. */
function kindOf(policy: Policy): string {
  return policy.spec.targetRef?.kind ?? "Mesh";
}

/** Compares two texts by their UTF-16 units. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function label(policy: Policy, name: string): string | undefined {
  return policy.resource.labels.get(name);
}

function rank(order: readonly string[], value: string): number {
  return order.indexOf(value);
}
