import { type MetricsConf, readMetricsConf } from "./dataplane.ts";
import { fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** What access logs depend on in a Mesh. */
export interface Mesh {
  /** How its services are reached: `Disabled`, `Everywhere`, `ReachableBackends` or `Exclusive`. */
  readonly meshServices: string;
  /** Whether its proxies speak mutual TLS by a backend of its own. */
  readonly hasMtls: boolean;
  /** Where Prometheus finds the metrics of its Dataplanes, if they are on. */
  readonly metrics?: MetricsConf;
}

/** Reads a Mesh; one that is not there is an empty one. */
export function readMesh(resource: Resource | undefined): Mesh {
  const spec = fields(resource?.spec);
  const metrics = spec.map("metrics");
  const enabled = metrics?.string("enabledBackend") ?? "";
  const backend = metrics?.maps("backends").find((one) => one.string("name") === enabled);
  return {
    hasMtls: (spec.map("mtls")?.string("enabledBackend") ?? "") !== "",
    meshServices: spec.map("meshServices")?.string("mode") ?? "Disabled",
    ...(enabled === "" || backend === undefined ? {} : { metrics: readMetricsConf(backend.map("conf")) }),
  };
}
