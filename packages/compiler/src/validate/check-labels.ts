import { goQuote } from "@meshlog/parser";
import { oncePerText } from "../bounded-memory.ts";
import type { LabelCheck, LabelFacts } from "../kuma/label-facts.ts";
import { type Resource, writtenLabels } from "../source/resources.ts";
import { compareText } from "./compare-text.ts";
import { label, type LabelEnvironment } from "./compute-labels.ts";
import { labelKeyProblems, labelValueProblems } from "./label-syntax.ts";
import { entryViolation, joined, type LocatedViolation, noViolations } from "./violation.ts";

/**
 * What the API server says of the labels of a resource, in its order (validateLabels, resource_endpoints.go:729@v2.14.3).
 *
 * @param labels as they are written.
 */
export function checkLabels(
  labels: ReadonlyMap<string, string>,
  mesh: string,
  environment: Environment,
): readonly LocatedViolation[] {
  let found = noViolations;
  for (const check of environment.facts.labelChecks) found = joined(found, checkOne(check, labels, mesh, environment));
  return found;
}

/** What of a release decides what is said of labels. */
export type LabelCheckFacts = Pick<LabelFacts, "labelChecks" | "labelSyntax">;

interface Environment extends Pick<LabelEnvironment, "controlPlane"> {
  readonly facts: LabelCheckFacts;
}

/** The one of these checks that the webhook repeats (webhooks/validation.go:68@v2.14.3). */
export function checkObjectLabels(resource: Resource, environment: Environment): readonly LocatedViolation[] {
  if (!environment.facts.labelChecks.includes("origin")) return [];
  const labels = writtenLabels(resource.node, resource.shape);
  return checkOne("origin", labels, resource.mesh, environment).map((found) => ({
    ...found,
    at: ["metadata", ...found.at],
  }));
}

function checkOne(
  check: LabelCheck,
  labels: ReadonlyMap<string, string>,
  mesh: string,
  { facts, controlPlane }: Environment,
): readonly LocatedViolation[] {
  const origin = labels.get(label.origin) ?? "";
  const { mode = "zone", zone, federated = false } = controlPlane;
  const isOfZone = mode === "zone" && origin !== "global";
  switch (check) {
    case "origin":
      return origin === "" || origin === "global" || origin === "zone"
        ? noViolations
        : wrong(label.origin, `unknown resource origin ${goQuote(origin)}`);
    case "origin of global":
      return mode === "global" && origin !== "" && origin !== "global"
        ? wrong(label.origin, "the origin label must be set to 'global'")
        : noViolations;
    case "origin of zone":
      return mode === "zone" && federated && origin !== "zone"
        ? wrong(label.origin, "the origin label must be set to 'zone'")
        : noViolations;
    case "zone": {
      const given = labels.get(label.zone);
      return isOfZone && zone !== undefined && given !== undefined && given !== zone
        ? wrong(label.zone, `${label.zone} label should have ${zone} value`)
        : noViolations;
    }
    case "mesh": {
      const given = labels.get(label.mesh);
      return isOfZone && given !== undefined && given !== mesh
        ? wrong(label.mesh, `${label.mesh} label must not differ from mesh set on resource`)
        : noViolations;
    }
    case "role": {
      const role = labels.get(label.role) ?? "";
      return role !== "" && role !== "system"
        ? wrong(label.role, `${label.role} label should have system value, got ${role}`)
        : noViolations;
    }
    case "syntax":
      return checkSyntax(labels, facts);
  }
}

function wrong(key: string, message: string): readonly LocatedViolation[] {
  return [entryViolation(["labels"], key, message)];
}

/** In the order of the keys. */
function checkSyntax(
  labels: ReadonlyMap<string, string>,
  { labelSyntax }: LabelCheckFacts,
): readonly LocatedViolation[] {
  const { ofKey, ofValue } = problems[labelSyntax];
  const found: LocatedViolation[] = [];
  for (const [key, value] of labels) {
    if (ofKey(key).length === 0 && ofValue(value).length === 0) continue;
    found.push(...[...ofKey(key), ...ofValue(value)].flatMap((problem) => wrong(key, problem)));
  }
  return found.length === 0 ? noViolations : found.sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

const keyOf = ({ at }: LocatedViolation): string => String(at.at(-1));

/** What was said of labels: many policies have few. */
const problems = { "qualified-name": problemsBy("qualified-name"), "label-key": problemsBy("label-key") };

function problemsBy(labelSyntax: LabelFacts["labelSyntax"]): Record<"ofKey" | "ofValue", Problems> {
  return {
    ofKey: oncePerText(1000, (key) => labelKeyProblems(key, { labelSyntax })),
    ofValue: oncePerText(1000, (value) => labelValueProblems(value, { labelSyntax })),
  };
}

type Problems = (text: string) => readonly string[];
