import type { Profile } from "../kuma/profile.ts";
import type { OpenTelemetryBackend } from "../source/open-telemetry-backend.ts";
import type { OpenTelemetryConf } from "../validate/policy.ts";
import { type Endpoint, splitEndpoint, urlEndpoint } from "../validate/open-telemetry-endpoint.ts";
import { socketPath } from "./socket-path.ts";

/** An endpoint, or the labels of a MeshOpenTelemetryBackend that the mesh may or may not hold. */
export type OpenTelemetryDestination =
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  | { readonly kind: "backend-ref"; readonly labels: Readonly<Record<string, string>> };

/** Where a proxy sends its OpenTelemetry records: a collector, or kuma-dp, which sends them on. */
export type Collector =
  | ({ readonly kind: "address"; readonly http2: boolean } & Endpoint)
  | { readonly kind: "socket"; readonly path: string; readonly backend: string };

/** What a proxy knows of where its collectors are. */
export interface CollectorSurroundings {
  /** The MeshOpenTelemetryBackends of the mesh, oldest first. */
  readonly backends: readonly OpenTelemetryBackend[];
  /** The address of the node that the proxy runs on, if it reports one. */
  readonly hostAddress?: string;
  /** Where kuma-dp has its sockets, if it takes OpenTelemetry records (`feature-otel-via-kuma-dp`). */
  readonly openTelemetrySockets?: string;
}

/** Where a conf sends its records. */
export function openTelemetryDestination(
  { backendRef, endpoint = "" }: OpenTelemetryConf,
  { openTelemetryEndpoint }: Profile,
): OpenTelemetryDestination {
  switch (openTelemetryEndpoint) {
    case "split":
      return { kind: "endpoint", endpoint: splitEndpoint(endpoint) };
    case "url":
      if (backendRef !== undefined) return { kind: "backend-ref", labels: backendRef.labels ?? {} };
      // Without either Kuma leaves the backend out, as it does with a reference to nothing.
      if (endpoint === "") return { kind: "backend-ref", labels: {} };
      return { kind: "endpoint", endpoint: urlEndpoint(endpoint) };
  }
}

/**
 * The collector of a destination; `undefined` if there is none, and Kuma leaves the logger out. An endpoint speaks
 * gRPC; a backend speaks what it says. Of several backends with the labels the oldest counts
 * (pkg/plugins/policies/core/xds/otel.go:61@v2.14.3, meshaccesslog/plugin/xds/configurer.go:140@v2.14.3).
 */
export function collectorOf(
  destination: OpenTelemetryDestination,
  { backends, hostAddress, openTelemetrySockets }: CollectorSurroundings,
): Collector | undefined {
  if (destination.kind === "endpoint") return { kind: "address", ...destination.endpoint, http2: true };
  const labels = Object.entries(destination.labels);
  if (labels.length === 0) return undefined;
  const found = backends.find(({ resource }) => labels.every(([key, value]) => resource.labels.get(key) === value));
  if (found === undefined) return undefined;
  const { displayName } = found.resource;
  if (openTelemetrySockets !== undefined) {
    return { kind: "socket", path: socketPath(openTelemetrySockets, `kuma-otel-${displayName}`), backend: displayName };
  }
  const address = [found.address, hostAddress].find((given) => given !== undefined && given !== "") ?? "127.0.0.1";
  return { kind: "address", address, port: found.port, http2: found.protocol !== "http" };
}

/** A destination as people read it. */
export function destinationName(destination: OpenTelemetryDestination): string {
  if (destination.kind === "endpoint") {
    const { address, port } = destination.endpoint;
    return `otel-cluster ${address.includes(":") ? `[${address}]` : address}:${port}`;
  }
  const labels = Object.entries(destination.labels).map(([key, value]) => `${key}=${value}`);
  return `otel-backend ${labels.sort().join(",")}`;
}
