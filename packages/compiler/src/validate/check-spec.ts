import { checkConf } from "./check-conf.ts";
import { checkMatch } from "./check-match.ts";
import { checkTargetRef, type TargetRefOptions } from "./check-target-ref.ts";
import { has, type MeshAccessLogSpec, type Rule, type ToItem } from "./policy.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { joined, type LocatedViolation, noViolations, ofEach, say, sayOfAll, within } from "./violation.ts";

/** What Kuma's validator says of a spec, in its order (meshaccesslog/api/v1alpha1/validator.go). */
export function checkSpec(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  const ofSelection = joined(checkTopTargetRef(spec, facts), checkCombination(spec, facts));
  const ofLists = joined(checkTo(spec, facts), checkFrom(spec, facts), checkRules(spec, facts));
  return within("spec", joined(ofSelection, ofLists, checkGatewayRoute(spec, facts)));
}

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

function checkTo({ targetRef, to }: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  if (to === undefined) return noViolations;
  const kinds = targetRef?.kind === "MeshGateway" ? (facts.toKindsOfGateway ?? facts.toKinds) : facts.toKinds;
  return within("to", ofEach(to, checkItem, { kinds, isInboundPolicy: false, facts }));
}

function checkFrom({ from }: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  if (from === undefined) return noViolations;
  return within("from", ofEach(from, checkItem, { kinds: onlyMesh, isInboundPolicy: false, facts }));
}

const onlyMesh: readonly string[] = ["Mesh"];

function checkItem(item: ToItem, options: TargetRefOptions): readonly LocatedViolation[] {
  return joined(
    within("targetRef", checkTargetRef(item.targetRef, options)),
    within("default", checkConf(item.default, options.facts)),
  );
}

function checkRules(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  return rulesAreChecked(spec, facts) ? within("rules", ofEach(spec.rules, checkRule, facts)) : noViolations;
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
      return nothing ? sayOfAll("at least one of 'from', 'to' has to be defined") : noViolations;
    case "rules-or-others":
      if (together) return sayOfAll("fields 'to' and 'from' must be empty when 'rules' is defined");
      return nothing ? sayOfAll("at least one of 'from', 'to' or 'rules' has to be defined") : noViolations;
    case "rules-or-to":
      if (together) return sayOfAll("'to' must be empty when 'rules' is defined");
      return nothing ? sayOfAll("at least one of 'to' or 'rules' has to be defined") : noViolations;
  }
}

function checkGatewayRoute(
  { targetRef, to }: MeshAccessLogSpec,
  { hasGatewayRoutes }: SpecFacts,
): readonly LocatedViolation[] {
  if (!hasGatewayRoutes || targetRef?.kind !== "MeshGatewayRoute" || !has(to)) return noViolations;
  return say("to", 'cannot use "to" when "targetRef" is "MeshGatewayRoute" - there is no outbound');
}
