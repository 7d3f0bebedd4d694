import type { AdmissionCheck } from "../kuma/label-facts.ts";
import { type Resource, writtenLabels } from "../source/resources.ts";
import { computeLabels, defaultSystemNamespace, label, type LabelEnvironment, roleIn } from "./compute-labels.ts";
import { type LocatedViolation, noViolations, type Path } from "./violation.ts";

/**
 * Why an object may not stand in its namespace, in the webhook's words (webhooks/policy_namespace_validator.go:24@2.3.7,
 * resourceadmissionchecker.go:52@v2.14.3). Without a namespace nothing is known: kubectl puts in that of its context.
 */
export function checkNamespace(
  { namespace }: Resource,
  { facts, controlPlane }: LabelEnvironment,
): readonly LocatedViolation[] {
  const { mode = "zone", systemNamespace = defaultSystemNamespace } = controlPlane;
  if (namespace === undefined || namespace === systemNamespace) return noViolations;
  const at = ["metadata", "namespace"];
  switch (facts.policyNamespaces) {
    case "system":
      return [unnamed(`policy can only be created in the system namespace:${systemNamespace}`, at)];
    case "any-in-zone":
      return mode === "zone"
        ? []
        : [unnamed(`on Global CP the policy can be created only in the system namespace:${systemNamespace}`, at)];
  }
}

/**
 * Why the webhook turns an object away for its labels or its role, before it looks at anything else; at most one
 * violation (resourceadmissionchecker.go:66@v2.14.3, then defaulter.go with an error of labels.Compute).
 */
export function checkAdmission(resource: Resource, environment: LabelEnvironment): readonly LocatedViolation[] {
  const labels = writtenLabels(resource.node, resource.shape);
  for (const check of environment.facts.admissionChecks) {
    const found = checkOne(check, resource, labels, environment);
    if (found !== undefined) return [found];
  }
  // Only a role is refused.
  if (environment.facts.policyRole === "none") return noViolations;
  const { refusal } = computeLabels(resource, environment);
  return refusal === undefined ? noViolations : [unnamed(refusal, ["spec"])];
}

function checkOne(
  check: AdmissionCheck,
  resource: Resource,
  labels: ReadonlyMap<string, string>,
  { facts, controlPlane }: LabelEnvironment,
): LocatedViolation | undefined {
  const { mode = "zone", zone, federated = false, systemNamespace = defaultSystemNamespace } = controlPlane;
  const { namespace = "" } = resource;
  const origin = labels.get(label.origin) ?? "";
  const isFederated = mode === "zone" && federated;
  const noOrigin = (): LocatedViolation => unnamed(facts.originRefusal, labelAt(label.origin));
  const wrong = (key: string, wanted: string, got: string): LocatedViolation =>
    unnamed(
      facts.labelRefusal
        .replace("{label}", key)
        .replace("{wanted}", () => wanted)
        .replace("{got}", () => got),
      labelAt(key),
    );
  switch (check) {
    case "origin of zone":
      return isFederated && origin !== "zone" ? noOrigin() : undefined;
    case "origin in system namespace":
      return isFederated && namespace === systemNamespace && origin !== "zone" ? noOrigin() : undefined;
    case "origin of global":
      return mode === "global" && origin === "zone" ? wrong(label.origin, "global", origin) : undefined;
    case "zone": {
      const given = labels.get(label.zone);
      const isCompared = isFederated && origin !== "" && origin !== "global" && zone !== undefined;
      return isCompared && given !== undefined && given !== zone ? wrong(label.zone, zone, given) : undefined;
    }
    case "role given":
    case "role": {
      const given = labels.get(label.role);
      if (!isFederated || namespace === "" || (check === "role given" && given === undefined)) return undefined;
      const found = roleIn(resource, { namespace, systemNamespace }, facts);
      if ("refusal" in found) return unnamed(found.refusal, ["spec"]);
      if (check === "role" || given === undefined || given === found.role) return undefined;
      return wrong(label.role, found.role, given);
    }
  }
}

const labelAt = (key: string): Path => ["metadata", "labels", key];

/** A refusal for which Kuma names no field. */
function unnamed(message: string, at: Path): LocatedViolation {
  return { field: "", message, at };
}
