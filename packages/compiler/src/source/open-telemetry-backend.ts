import { fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** A MeshOpenTelemetryBackend: where a collector is (pkg/plugins/policies/core/xds/otel.go:61@v2.14.3). */
export interface OpenTelemetryBackend {
  readonly resource: Resource;
  /** Without an address it is the node that the proxy runs on. */
  readonly address?: string;
  readonly port: number;
  readonly protocol: string;
}

/** Reads a MeshOpenTelemetryBackend, with Kuma's defaults. */
export function readOpenTelemetryBackend(resource: Resource): OpenTelemetryBackend {
  const spec = fields(resource.spec);
  const endpoint = spec.map("endpoint");
  const address = endpoint?.string("address") ?? "";
  return {
    resource,
    ...(address === "" ? {} : { address }),
    port: endpoint?.number("port") ?? 4317,
    protocol: spec.string("protocol") ?? "grpc",
  };
}
