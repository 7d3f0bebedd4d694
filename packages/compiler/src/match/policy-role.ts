import type { Resource } from "../source/resources.ts";

/** The role of a policy, by its label: `system` without one. */
export function policyRole({ resource }: { readonly resource: Resource }): string {
  return resource.labels.get("kuma.io/policy-role") ?? "system";
}
