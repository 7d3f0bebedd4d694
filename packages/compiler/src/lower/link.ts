import type { AccessLog, AccessLogFilter } from "../envoy/messages.ts";
import { unlinked } from "../kuma/kuma-operators.ts";
import { type FillValues, type LinkedLogger, loggerObject } from "./linked-logger.ts";
import { destinationName, type OpenTelemetryDestination } from "./open-telemetry-destination.ts";
import type { BackendTemplate, LoggerTemplate } from "./template.ts";

/** What fills the holes of a template: the values of one proxy and one kind of traffic. */
export interface LinkValues extends FillValues {
  /** The name of the cluster that leads to a collector; `undefined` if there is none, and Kuma leaves the logger out. */
  readonly clusterOf: (destination: OpenTelemetryDestination) => string | undefined;
}

/** What fills the holes of all backends of a listener. */
export interface ListenerValues extends LinkValues {
  /** Hears of a backend that leaves the proxy without configuration. */
  readonly refuse: (error: string) => void;
}

/** The loggers of backends, in their order. One that refers to an OpenTelemetry backend that is not there is left out. */
export function linkAll(
  backends: readonly BackendTemplate[],
  values: ListenerValues,
  filter?: AccessLogFilter,
): readonly LinkedLogger[] {
  const loggers: LinkedLogger[] = [];
  linkInto(loggers, backends, values, filter);
  return loggers;
}

/** Appends the loggers of backends to others. */
export function linkInto(
  loggers: LinkedLogger[],
  backends: readonly BackendTemplate[],
  values: ListenerValues,
  filter: AccessLogFilter | undefined,
): void {
  for (const template of backends) {
    if (template.kind === "refused") {
      values.refuse(template.error);
      continue;
    }
    const clusterName = template.kind === "open-telemetry" ? values.clusterOf(template.destination) : "";
    if (clusterName !== undefined) loggers.push({ template, values, clusterName, filter });
  }
}

/** A hole of a template: where in the access logger, and what a proxy puts there. */
export interface Hole {
  /** Where in the access logger: `typedConfig.path`. */
  readonly path: string;
  /** `tcp-socket`, `otel-cluster HOST:PORT`, or `otel-backend LABELS`. */
  readonly value: string;
}

/** A template as people read it: `%KUMA_…%` stays as it is, and other holes read `${…}`. */
export function show(template: LoggerTemplate): { readonly accessLog: AccessLog; readonly holes: readonly Hole[] } {
  const accessLog = loggerObject({
    template,
    values: { kuma: unlinked, socketPath: "${tcp-socket}" },
    clusterName: template.kind === "open-telemetry" ? `\${${destinationName(template.destination)}}` : "",
    filter: undefined,
  });
  return { accessLog, holes: holesOf(template) };
}

function holesOf(template: LoggerTemplate): readonly Hole[] {
  switch (template.kind) {
    case "file":
    case "empty":
      return [];
    case "tcp":
      return [{ path: "typedConfig.path", value: "tcp-socket" }];
    case "open-telemetry": {
      const value = destinationName(template.destination);
      switch (template.config) {
        case "common-config":
          return [{ path: "typedConfig.commonConfig.grpcService.envoyGrpc.clusterName", value }];
        case "top-level":
          return [
            { path: "typedConfig.grpcService.envoyGrpc.clusterName", value },
            { path: "typedConfig.resourceAttributes", value: "kuma.mesh, kuma.zone, kuma.workload" },
          ];
      }
    }
  }
}
