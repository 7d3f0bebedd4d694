import type { SpecFacts } from "./spec-facts.ts";
import { checkConf } from "./check-conf.ts";
import { checkMatch } from "./check-match.ts";
import { checkTargetRef } from "./check-target-ref.ts";
import type { MeshAccessLogSpec } from "./policy.ts";
import { type LocatedViolation, violation } from "./violation.ts";

const onlyMesh: readonly string[] = ["Mesh"];

/** What Kuma's validator says of a spec, in its order (meshaccesslog/api/v1alpha1/validator.go). */
export function checkSpec(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  const { targetRef, to = [], from = [], rules = [] } = spec;
  const isInboundPolicy = rules.length > 0 || from.length > 0;
  const toKinds = targetRef?.kind === "MeshGateway" ? (facts.toKindsOfGateway ?? facts.toKinds) : facts.toKinds;
  return [
    // Absent, it is Mesh, which nothing is wrong with.
    ...(targetRef === undefined
      ? []
      : checkTargetRef(
          targetRef,
          ["spec", "targetRef"],
          { kinds: facts.topKinds, isInboundPolicy, allowsListenerTags: true },
          facts,
        )),
    ...checkCombination(spec, facts),
    ...to.flatMap((item, i) => [
      ...checkTargetRef(
        item.targetRef,
        ["spec", "to", i, "targetRef"],
        { kinds: toKinds, isInboundPolicy: false },
        facts,
      ),
      ...checkConf(item.default, ["spec", "to", i, "default"], facts),
    ]),
    ...from.flatMap((item, i) => [
      ...checkTargetRef(
        item.targetRef,
        ["spec", "from", i, "targetRef"],
        { kinds: onlyMesh, isInboundPolicy: false },
        facts,
      ),
      ...checkConf(item.default, ["spec", "from", i, "default"], facts),
    ]),
    ...(rulesAreChecked(spec, facts)
      ? rules.flatMap((rule, i) => [
          ...(rule.matches ?? []).flatMap((match, j) => checkMatch(match, ["spec", "rules", i, "matches", j])),
          ...checkConf(rule.default, ["spec", "rules", i, "default"], facts),
        ])
      : []),
    ...checkGatewayRoute(spec, facts),
  ];
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
  { to = [], from = [], rules = [] }: MeshAccessLogSpec,
  { combination }: SpecFacts,
): readonly LocatedViolation[] {
  const hasItems = to.length > 0 || from.length > 0;
  const hasRules = rules.length > 0;
  const together = hasRules && hasItems;
  const nothing = !hasRules && !hasItems;
  const say = (message: string): readonly LocatedViolation[] => [violation(["spec"], message)];
  switch (combination) {
    case "to-or-from":
      return nothing ? say("at least one of 'from', 'to' has to be defined") : [];
    case "rules-or-others":
      if (together) return say("fields 'to' and 'from' must be empty when 'rules' is defined");
      return nothing ? say("at least one of 'from', 'to' or 'rules' has to be defined") : [];
    case "rules-or-to":
      if (together) return say("'to' must be empty when 'rules' is defined");
      return nothing ? say("at least one of 'to' or 'rules' has to be defined") : [];
  }
}

function checkGatewayRoute(
  { targetRef, to = [] }: MeshAccessLogSpec,
  { hasGatewayRoutes }: SpecFacts,
): readonly LocatedViolation[] {
  if (!hasGatewayRoutes || targetRef?.kind !== "MeshGatewayRoute" || to.length === 0) return [];
  return [violation(["spec", "to"], 'cannot use "to" when "targetRef" is "MeshGatewayRoute" - there is no outbound')];
}
