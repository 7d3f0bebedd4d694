import type { Profile } from "../kuma/profile.ts";
import { type LegacyRules, legacyRules } from "./legacy-rules.ts";
import { type ResourceRules, rulesByResource, type TargetResources } from "./resource-rules.ts";
import type { RoutePolicy, RouteRule } from "./route-policies.ts";
import type { TargetRef } from "../validate/policy.ts";

/** A rule of a MeshHTTPRoute or MeshTCPRoute that applies to some traffic. */
export interface AppliedRule extends RouteRule {
  /** The policy that contributed it: the last one with its matches. */
  readonly policy: RoutePolicy;
  /** The index of the item of `to` in that policy. */
  readonly item: number;
}

/** The rules of route policies for services, by tags, and for real resources. */
export interface RouteRules {
  readonly ofServices: LegacyRules<readonly AppliedRule[]>;
  readonly ofResources: ResourceRules<readonly AppliedRule[]>;
}

/** The rules of the route policies that select a proxy, lowest precedence first. */
export function routeRules(policies: readonly RoutePolicy[], resources: TargetResources, profile: Profile): RouteRules {
  const items = policies.flatMap((policy) =>
    policy.spec.to.map(({ targetRef, rules }, item): Item => ({ policy, item, targetRef, rules })),
  );
  return {
    ofServices: legacyRules(items, merge, profile.toRules, profile),
    ofResources: rulesByResource(items, merge, resources, profile),
  };
}

interface Item {
  readonly policy: RoutePolicy;
  readonly item: number;
  readonly targetRef: TargetRef;
  readonly rules: readonly RouteRule[];
}

/**
 * Rules with the same matches are one: the backends of the last that has some count, and its policy is the last
 * (`OriginByMatches`, pkg/plugins/policies/core/rules/common/origin.go@v2.14.3).
 */
function merge(items: readonly Item[]): readonly AppliedRule[] | undefined {
  if (items.length === 0) return undefined;
  const byMatches = new Map<string, AppliedRule>();
  for (const { policy, item, rules } of items) {
    for (const rule of rules) byMatches.set(rule.matches, { ...byMatches.get(rule.matches), ...rule, policy, item });
  }
  return [...byMatches.values()];
}
