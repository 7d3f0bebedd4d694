import { checkConf } from "./check-conf.ts";
import { checkMatch } from "./check-match.ts";
import { checkTargetRef } from "./check-target-ref.ts";
import type { MeshAccessLogSpec } from "./policy.ts";
import { type LocatedViolation, violation } from "./violation.ts";

const topKinds: readonly string[] = [
  "Mesh",
  "MeshSubset",
  "MeshGateway",
  "MeshService",
  "MeshServiceSubset",
  "Dataplane",
];
const toKinds: readonly string[] = [
  "Mesh",
  "MeshService",
  "MeshExternalService",
  "MeshMultiZoneService",
  "MeshHTTPRoute",
];
const onlyMesh: readonly string[] = ["Mesh"];

/** What Kuma's validator says of a spec that the schema accepts, in its order (validator.go@v2.14.3). */
export function checkSpec(spec: MeshAccessLogSpec): readonly LocatedViolation[] {
  const { targetRef, to = [], from = [], rules = [] } = spec;
  const isInboundPolicy = rules.length > 0 || from.length > 0;
  const toOptions = { kinds: targetRef?.kind === "MeshGateway" ? onlyMesh : toKinds, isInboundPolicy: false };
  const fromOptions = { kinds: onlyMesh, isInboundPolicy: false };
  return [
    ...(targetRef === undefined
      ? []
      : checkTargetRef(targetRef, ["spec", "targetRef"], { kinds: topKinds, isInboundPolicy })),
    ...checkCombination(spec),
    ...to.flatMap((item, i) => [
      ...checkTargetRef(item.targetRef, ["spec", "to", i, "targetRef"], toOptions),
      ...checkConf(item.default, ["spec", "to", i, "default"]),
    ]),
    ...from.flatMap((item, i) => [
      ...checkTargetRef(item.targetRef, ["spec", "from", i, "targetRef"], fromOptions),
      ...checkConf(item.default, ["spec", "from", i, "default"]),
    ]),
    ...rules.flatMap((rule, i) => [
      ...(rule.matches ?? []).flatMap((match, j) => checkMatch(match, ["spec", "rules", i, "matches", j])),
      ...checkConf(rule.default, ["spec", "rules", i, "default"]),
    ]),
  ];
}

function checkCombination({ to = [], from = [], rules = [] }: MeshAccessLogSpec): readonly LocatedViolation[] {
  const hasItems = to.length > 0 || from.length > 0;
  if (rules.length > 0 && hasItems) {
    return [violation(["spec"], "fields 'to' and 'from' must be empty when 'rules' is defined")];
  }
  if (rules.length === 0 && !hasItems) {
    return [violation(["spec"], "at least one of 'from', 'to' or 'rules' has to be defined")];
  }
  return [];
}
