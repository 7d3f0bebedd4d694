import type { Resource } from "../source/resources.ts";
import type { TargetRef } from "../validate/policy.ts";

/** A policy of any kind, as far as it selects proxies and has a place among others. */
export interface SelectingPolicy {
  readonly resource: Resource;
  readonly spec: { readonly targetRef?: TargetRef };
}

/** An item of `to` of a policy of any kind. */
export interface TargetingItem {
  readonly policy: SelectingPolicy;
  readonly targetRef: TargetRef;
}

/** What a policy selects; without `targetRef` it is the Mesh. */
export function selectionOf({ spec: { targetRef = { kind: "Mesh" } } }: SelectingPolicy): TargetRef {
  return targetRef;
}

/** The role of a policy: `system` without a label. */
export function roleOf({ resource: { labels } }: SelectingPolicy): string {
  const role = labels.get("kuma.io/policy-role") ?? "";
  return role === "" ? "system" : role;
}
