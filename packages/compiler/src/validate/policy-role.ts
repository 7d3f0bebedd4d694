import type { LabelFacts } from "../kuma/label-facts.ts";
import type { TargetRef } from "./policy.ts";

/** What of a policy's spec its role follows from. */
export interface RoleLists {
  /** The targetRef of each item of `to`. */
  readonly to: readonly Partial<TargetRef>[];
  readonly hasFrom: boolean;
}

/** The role of a policy, or why Kuma gives it none, in its words. */
export type Role =
  { readonly role: "system" | "producer" | "consumer" | "workload-owner" } | { readonly refusal: string };

/**
 * The role of a policy that stands in a namespace other than the system one. `rules` count as neither `to` nor `from`.
 * (pkg/core/resources/labels/compute.go:207@v2.14.3)
 */
export function policyRole({ to, hasFrom }: RoleLists, namespace: string, facts: LabelFacts): Role {
  const hasTo = to.length > 0;
  if (facts.policyRole === "by-lists") return { role: hasTo && !hasFrom ? "consumer" : "workload-owner" };
  if (facts.policyRole === "by-display-names") {
    if (!hasTo) return { role: "workload-owner" };
  } else {
    if (hasFrom && hasTo) return { refusal: "it's not allowed to mix 'to' and 'from' arrays in the same policy" };
    if (hasFrom || !hasTo) return { role: "workload-owner" };
  }
  const produced = to.filter((ref) => isOfProducer(ref, namespace, facts)).length;
  if (produced === to.length) return { role: "producer" };
  if (produced === 0) return { role: "consumer" };
  return { refusal: "it's not allowed to mix producer and consumer items in the same policy" };
}

/** Whether an item names something of the policy's own namespace. */
function isOfProducer(ref: Partial<TargetRef>, namespace: string, { policyRole: by }: LabelFacts): boolean {
  const isOwn = (given: string | undefined): boolean => given === undefined || given === "" || given === namespace;
  const isRoute = ref.kind === "MeshHTTPRoute";
  if (ref.kind !== "MeshService" && !(isRoute && by !== "by-services")) return false;
  if (by !== "by-display-names") return (ref.name ?? "") !== "" && isOwn(ref.namespace);
  const { "kuma.io/display-name": name = "", "k8s.kuma.io/namespace": of, ...others } = ref.labels ?? {};
  return name !== "" && Object.keys(others).length === 0 && isOwn(of);
}
