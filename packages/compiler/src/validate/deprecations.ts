import type { Profile } from "../kuma/profile.ts";
import type { Backend, Conf, MeshAccessLogSpec } from "./policy.ts";
import type { LocatedViolation, Path } from "./violation.ts";

/**
 * What Kuma warns of when it accepts a policy, in its order (meshaccesslog/api/v1alpha1/deprecated.go@v2.14.3). A
 * warning names no field.
 */
export function deprecations(spec: MeshAccessLogSpec, { deprecatesEndpoint }: Profile): readonly LocatedViolation[] {
  const { targetRef, to = [], from = [], rules = [] } = spec;
  const endpoint = deprecatesEndpoint ? firstEndpoint({ to, from, rules }) : undefined;
  return [
    ...(from.length > 0 ? [warning(["spec", "from"], "'from' field is deprecated, use 'rules' instead")] : []),
    ...(endpoint === undefined
      ? []
      : [
          warning(
            endpoint,
            "openTelemetry.endpoint is deprecated, use openTelemetry.backendRef with a MeshOpenTelemetryBackend resource instead",
          ),
        ]),
    ...(targetRef !== undefined && tagKinds.includes(targetRef.kind)
      ? [
          warning(
            ["spec", "targetRef", "kind"],
            `${targetRef.kind} value for 'targetRef.kind' is deprecated, use Dataplane with labels instead`,
          ),
        ]
      : []),
  ];
}

/** Kinds that select by tags. */
const tagKinds: readonly string[] = ["MeshService", "MeshServiceSubset", "MeshSubset"];

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
