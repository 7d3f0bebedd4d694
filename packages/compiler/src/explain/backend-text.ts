import { joinHostPort } from "../listeners/listener.ts";
import type { LinkValues } from "../lower/linked-logger.ts";
import type { OpenTelemetryDestination } from "../lower/open-telemetry-destination.ts";
import type { BackendTemplate } from "../lower/template.ts";

/** What a backend logs to: `File /dev/stdout`. */
export function backendText(backend: BackendTemplate, { clusterOf }: Pick<LinkValues, "clusterOf">): string {
  switch (backend.kind) {
    case "file":
      return `File ${backend.path}`;
    case "tcp":
      return `Tcp ${backend.address}`;
    case "open-telemetry": {
      const leftOut =
        clusterOf(backend.destination) === undefined ? " is not there, and Kuma leaves the logger out" : "";
      return `OpenTelemetry ${destinationText(backend.destination)}${leftOut}`;
    }
    case "empty":
      return "an empty logger, which Envoy refuses";
    case "refused":
      return `nothing: Kuma refuses it (${backend.error})`;
  }
}

function destinationText(destination: OpenTelemetryDestination): string {
  switch (destination.kind) {
    case "endpoint":
      return joinHostPort(destination.endpoint.address, destination.endpoint.port);
    case "backend-ref":
      return [
        "MeshOpenTelemetryBackend",
        ...Object.entries(destination.labels).map(([key, value]) => `${key}=${value}`),
      ].join(" ");
  }
}
