import { goQuote } from "@meshlog/parser";
import type { LabelCheck } from "../kuma/label-facts.ts";
import { type Resource, writtenLabels } from "../source/resources.ts";
import { compareText } from "./compare-text.ts";
import { label, type LabelEnvironment } from "./compute-labels.ts";
import { labelKeyProblems, labelValueProblems } from "./label-syntax.ts";
import { entryViolation, type LocatedViolation } from "./violation.ts";

/** What the API server says of the labels of a resource, in its order (validateLabels, resource_endpoints.go:729@v2.14.3). */
export function checkLabels(resource: Resource, environment: LabelEnvironment): readonly LocatedViolation[] {
  return environment.facts.labelChecks.flatMap((check) => [...checkOne(check, resource, environment)]);
}

/** The one of these checks that the webhook repeats (webhooks/validation.go:68@v2.14.3). */
export function checkObjectLabels(resource: Resource, environment: LabelEnvironment): readonly LocatedViolation[] {
  if (!environment.facts.labelChecks.includes("origin")) return [];
  return [...checkOne("origin", resource, environment)].map((found) => ({
    ...found,
    at: ["metadata", ...found.at],
  }));
}

function* checkOne(
  check: LabelCheck,
  { node, shape, mesh }: Resource,
  { facts, controlPlane }: LabelEnvironment,
): Generator<LocatedViolation> {
  const labels = writtenLabels(node, shape);
  const origin = labels.get(label.origin) ?? "";
  const { mode = "zone", zone, federated = false } = controlPlane;
  const isOfZone = mode === "zone" && origin !== "global";
  const wrong = (key: string, message: string): LocatedViolation => entryViolation(["labels"], key, message);
  switch (check) {
    case "origin":
      if (!["", "global", "zone"].includes(origin)) {
        yield wrong(label.origin, `unknown resource origin ${goQuote(origin)}`);
      }
      return;
    case "origin of global":
      if (mode === "global" && origin !== "" && origin !== "global") {
        yield wrong(label.origin, "the origin label must be set to 'global'");
      }
      return;
    case "origin of zone":
      if (mode === "zone" && federated && origin !== "zone") {
        yield wrong(label.origin, "the origin label must be set to 'zone'");
      }
      return;
    case "zone": {
      const given = labels.get(label.zone);
      if (isOfZone && zone !== undefined && given !== undefined && given !== zone) {
        yield wrong(label.zone, `${label.zone} label should have ${zone} value`);
      }
      return;
    }
    case "mesh": {
      const given = labels.get(label.mesh);
      if (isOfZone && given !== undefined && given !== mesh) {
        yield wrong(label.mesh, `${label.mesh} label must not differ from mesh set on resource`);
      }
      return;
    }
    case "role": {
      const role = labels.get(label.role) ?? "";
      if (role !== "" && role !== "system") {
        yield wrong(label.role, `${label.role} label should have system value, got ${role}`);
      }
      return;
    }
    case "syntax":
      for (const [key, value] of [...labels].sort(([a], [b]) => compareText(a, b))) {
        for (const problem of labelKeyProblems(key, facts)) yield wrong(key, problem);
        for (const problem of labelValueProblems(value, facts)) yield wrong(key, problem);
      }
      return;
  }
}
