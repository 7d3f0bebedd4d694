import { goQuote } from "@meshlog/parser";
import type { LabelCheck, LabelFacts } from "../kuma/label-facts.ts";
import { type Resource, writtenLabels } from "../source/resources.ts";
import { compareText } from "./compare-text.ts";
import { label, type LabelEnvironment } from "./compute-labels.ts";
import { labelKeyProblems, labelValueProblems } from "./label-syntax.ts";
import { entryViolation, type LocatedViolation } from "./violation.ts";

/** What the API server says of the labels of a resource, in its order (validateLabels, resource_endpoints.go:729@v2.14.3). */
export function checkLabels(resource: Resource, environment: Environment): readonly LocatedViolation[] {
  const { labelChecks } = environment.facts;
  if (labelChecks.length === 0) return [];
  const labels = writtenLabels(resource.node, resource.shape);
  return labelChecks.flatMap((check) => checkOne(check, labels, resource.mesh, environment));
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
  const wrong = (key: string, message: string): readonly LocatedViolation[] => [
    entryViolation(["labels"], key, message),
  ];
  switch (check) {
    case "origin":
      return ["", "global", "zone"].includes(origin)
        ? []
        : wrong(label.origin, `unknown resource origin ${goQuote(origin)}`);
    case "origin of global":
      return mode === "global" && origin !== "" && origin !== "global"
        ? wrong(label.origin, "the origin label must be set to 'global'")
        : [];
    case "origin of zone":
      return mode === "zone" && federated && origin !== "zone"
        ? wrong(label.origin, "the origin label must be set to 'zone'")
        : [];
    case "zone": {
      const given = labels.get(label.zone);
      return isOfZone && zone !== undefined && given !== undefined && given !== zone
        ? wrong(label.zone, `${label.zone} label should have ${zone} value`)
        : [];
    }
    case "mesh": {
      const given = labels.get(label.mesh);
      return isOfZone && given !== undefined && given !== mesh
        ? wrong(label.mesh, `${label.mesh} label must not differ from mesh set on resource`)
        : [];
    }
    case "role": {
      const role = labels.get(label.role) ?? "";
      return role !== "" && role !== "system"
        ? wrong(label.role, `${label.role} label should have system value, got ${role}`)
        : [];
    }
    case "syntax":
      return [...labels]
        .sort(([a], [b]) => compareText(a, b))
        .flatMap(([key, value]) =>
          [...labelKeyProblems(key, facts), ...labelValueProblems(value, facts)].flatMap((problem) =>
            wrong(key, problem),
          ),
        );
  }
}
