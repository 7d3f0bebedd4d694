import { findBackend, itemLists } from "./find-backend.ts";
import { ownValue } from "./own-value.ts";
import { type Backend, has, type MeshAccessLogSpec } from "./policy.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { joined, type LocatedViolation, noViolations, type Path } from "./violation.ts";

/**
 * What Kuma warns of when it accepts a policy, in its order (meshaccesslog/api/v1alpha1/deprecated.go). A warning names
 * no field.
 */
export function deprecations(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  return joined(
    facts.deprecatesFrom && has(spec.from)
      ? warning(["spec", "from"], "'from' field is deprecated, use 'rules' instead")
      : noViolations,
    facts.deprecatesEndpoint ? endpointWarning(spec) : noViolations,
    kindWarning(spec, facts),
  );
}

function warning(at: Path, message: string): readonly LocatedViolation[] {
  return [{ field: "", message, at }];
}

/** One warning is given, however many endpoints there are. */
function endpointWarning(spec: MeshAccessLogSpec): readonly LocatedViolation[] {
  const first = findBackend(spec, itemLists, hasEndpoint);
  if (first === undefined) return noViolations;
  return warning(
    [...first.at, "openTelemetry", "endpoint"],
    "openTelemetry.endpoint is deprecated, use openTelemetry.backendRef with a MeshOpenTelemetryBackend resource instead",
  );
}

function hasEndpoint({ openTelemetry }: Backend): boolean {
  return openTelemetry?.backendRef === undefined && (openTelemetry?.endpoint ?? "") !== "";
}

function kindWarning(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  const message = kindMessage(spec, facts);
  return message === undefined ? noViolations : warning(["spec", "targetRef", "kind"], message);
}

/** What is said of the kind of the top targetRef. */
export function kindMessage({ targetRef }: MeshAccessLogSpec, { deprecatedTopKinds }: SpecFacts): string | undefined {
  return ownValue(deprecatedTopKinds, targetRef?.kind ?? "");
}
