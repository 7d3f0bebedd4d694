import { fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** What access logs depend on in a Mesh. */
export interface Mesh {
  /** How its services are reached: `Disabled`, `Everywhere`, `ReachableBackends` or `Exclusive`. */
  readonly meshServices: string;
  /** The port that Prometheus scrapes, if the metrics of the mesh are on. */
  readonly metricsPort?: number;
}

/** Reads a Mesh; one that is not there is an empty one. */
export function readMesh(resource: Resource | undefined): Mesh {
  const spec = fields(resource?.spec);
  const metrics = spec.map("metrics");
  const enabled = metrics?.string("enabledBackend") ?? "";
  const backend = metrics?.maps("backends").find((one) => one.string("name") === enabled);
  return {
    meshServices: spec.map("meshServices")?.string("mode") ?? "Disabled",
    ...(enabled === "" || backend === undefined
      ? {}
      : { metricsPort: backend.map("conf")?.number("port") ?? defaultMetricsPort }),
  };
}

/** pkg/core/resources/apis/mesh/mesh_helpers.go@v2.14.3 */
const defaultMetricsPort = 5670;
