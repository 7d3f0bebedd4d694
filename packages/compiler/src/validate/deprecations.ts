import type { SpecFacts } from "./spec-facts.ts";
import type { Backend, Conf, MeshAccessLogSpec } from "./policy.ts";
import type { LocatedViolation, Path } from "./violation.ts";

/**
 * What Kuma warns of when it accepts a policy, in its order (meshaccesslog/api/v1alpha1/deprecated.go). A warning names
 * no field.
 */
export function deprecations(spec: MeshAccessLogSpec, facts: SpecFacts): readonly LocatedViolation[] {
  const { targetRef, to = [], from = [], rules = [] } = spec;
  const endpoint = facts.deprecatesEndpoint ? firstEndpoint({ to, from, rules }) : undefined;
  const kind = targetRef?.kind ?? "";
  const kindWarning = Object.hasOwn(facts.deprecatedTopKinds, kind) ? facts.deprecatedTopKinds[kind] : undefined;
  return [
    ...(facts.deprecatesFrom && from.length > 0
      ? [warning(["spec", "from"], "'from' field is deprecated, use 'rules' instead")]
      : []),
    ...(endpoint === undefined
      ? []
      : [
          warning(
            endpoint,
            "openTelemetry.endpoint is deprecated, use openTelemetry.backendRef with a MeshOpenTelemetryBackend resource instead",
          ),
        ]),
    ...(kindWarning === undefined ? [] : [warning(["spec", "targetRef", "kind"], kindWarning)]),
  ];
}

function warning(at: Path, message: string): LocatedViolation {
  return { field: "", message, at };
}

/** One warning is given, however many endpoints there are. */
function firstEndpoint(lists: Readonly<Record<string, readonly { readonly default: Conf }[]>>): Path | undefined {
  for (const [list, items] of Object.entries(lists)) {
    for (const [i, item] of items.entries()) {
      const j = (item.default.backends ?? []).findIndex(hasEndpoint);
      if (j >= 0) return ["spec", list, i, "default", "backends", j, "openTelemetry", "endpoint"];
    }
  }
  return undefined;
}

function hasEndpoint({ openTelemetry }: Backend): boolean {
  return openTelemetry?.backendRef === undefined && (openTelemetry?.endpoint ?? "") !== "";
}
