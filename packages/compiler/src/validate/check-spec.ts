import type { SpecFacts } from "./spec-facts.ts";
import { checkConf } from "./check-conf.ts";
import { checkMatch } from "./check-match.ts";
import { checkTargetRef, type TargetRefOptions } from "./check-target-ref.ts";
import type { MeshAccessLogSpec, Rule, ToItem } from "./policy.ts";
import { joined, type LocatedViolation, noViolations, ofEach, violation, within } from "./violation.ts";

/** What Kuma's validator says of a spec, in its order (meshaccesslog/api/v1alpha1/validator.go). */
export function checkSpec(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  const { targetRef, to, from, rules } = spec;
  const toKinds = targetRef?.kind === "MeshGateway" ? (facts.toKindsOfGateway ?? facts.toKinds) : facts.toKinds;
  return within(
    "spec",
    joined(
      checkTopTargetRef(spec, facts),
      checkCombination(spec, facts),
      within("to", ofEach(to, checkItem, { kinds: toKinds, isInboundPolicy: false, facts })),
      within("from", ofEach(from, checkItem, { kinds: onlyMesh, isInboundPolicy: false, facts })),
      rulesAreChecked(spec, facts) ? within("rules", ofEach(rules, checkRule, facts)) : noViolations,
      checkGatewayRoute(spec, facts),
    ),
  );
}

const onlyMesh: readonly string[] = ["Mesh"];

function checkTopTargetRef(
  { targetRef, from, rules }: MeshAccessLogSpec,
  facts: SpecFacts,
): readonly LocatedViolation[] {
  // Absent, it is Mesh, which nothing is wrong with.
  if (targetRef === undefined) return noViolations;
  const isInboundPolicy = has(rules) || has(from);
  const options = { kinds: facts.topKinds, isInboundPolicy, allowsListenerTags: true, facts };
  return within("targetRef", checkTargetRef(targetRef, options));
}

function checkItem(item: ToItem, options: TargetRefOptions): readonly LocatedViolation[] {
  return joined(
    within("targetRef", checkTargetRef(item.targetRef, options)),
    within("default", checkConf(item.default, options.facts)),
  );
}

function checkRule(rule: Rule, facts: SpecFacts): readonly LocatedViolation[] {
  return joined(
    within("matches", ofEach(rule.matches, checkMatch, facts)),
    within("default", checkConf(rule.default, facts)),
  );
}
/** Up to 2.13 Kuma looks at rules only if the field `from` is there too, be it empty. */
export function rulesAreChecked({ from }: MeshAccessLogSpec, { checksRules }: SpecFacts): boolean {
  switch (checksRules) {
    case "always":
      return true;
    case "beside-from":
      return from !== undefined;
  }
}

function checkCombination(
  { to, from, rules }: MeshAccessLogSpec,
  { combination }: SpecFacts,
): readonly LocatedViolation[] {
  const hasItems = has(to) || has(from);
  const hasRules = has(rules);
  const together = hasRules && hasItems;
  const nothing = !hasRules && !hasItems;
  switch (combination) {
    case "to-or-from":
      return nothing ? say("at least one of 'from', 'to' has to be defined") : noViolations;
    case "rules-or-others":
      if (together) return say("fields 'to' and 'from' must be empty when 'rules' is defined");
      return nothing ? say("at least one of 'from', 'to' or 'rules' has to be defined") : noViolations;
    case "rules-or-to":
      if (together) return say("'to' must be empty when 'rules' is defined");
      return nothing ? say("at least one of 'to' or 'rules' has to be defined") : noViolations;
  }
}

/** Something of the spec as a whole. */
function say(message: string): readonly LocatedViolation[] {
  return [violation([], message)];
}

function has(items: readonly unknown[] | undefined): boolean {
  return items !== undefined && items.length > 0;
}

function checkGatewayRoute(
  { targetRef, to }: MeshAccessLogSpec,
  { hasGatewayRoutes }: SpecFacts,
): readonly LocatedViolation[] {
  if (!hasGatewayRoutes || targetRef?.kind !== "MeshGatewayRoute" || !has(to)) return noViolations;
  return [violation(["to"], 'cannot use "to" when "targetRef" is "MeshGatewayRoute" - there is no outbound')];
}
