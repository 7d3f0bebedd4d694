import type { SpecFacts } from "./spec-facts.ts";
import { findBackend, itemLists } from "./find-backend.ts";
import type { Backend, MeshAccessLogSpec } from "./policy.ts";
import { joined, type LocatedViolation, noViolations, type Path } from "./violation.ts";

/**
 * What Kuma warns of when it accepts a policy, in its order (meshaccesslog/api/v1alpha1/deprecated.go). A warning names
 * no field.
 */
export function deprecations(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  return joined(
    facts.deprecatesFrom && spec.from !== undefined && spec.from.length > 0
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

function kindWarning({ targetRef }: MeshAccessLogSpec, { deprecatedTopKinds }: SpecFacts): readonly LocatedViolation[] {
  const kind = targetRef?.kind ?? "";
  const message = Object.hasOwn(deprecatedTopKinds, kind) ? deprecatedTopKinds[kind] : undefined;
  return message === undefined ? noViolations : warning(["spec", "targetRef", "kind"], message);
}
