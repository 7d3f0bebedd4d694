import type { AccessLog, AccessLogFilter } from "../envoy/messages.ts";
import { type KumaValues, unlinked } from "../kuma/kuma-operators.ts";
import { linkFile, linkTcp } from "./file-logger.ts";
import { destinationName, type OpenTelemetryDestination } from "./open-telemetry-destination.ts";
import { linkOpenTelemetry } from "./open-telemetry-logger.ts";
import type { BackendTemplate, LoggerTemplate } from "./template.ts";

/** What fills the holes of a template: the values of one proxy and one kind of traffic. */
export interface LinkValues {
  readonly kuma: KumaValues;
  /** The path of the proxy's access-log socket. */
  readonly socketPath: string;
  /** The name of the cluster that leads to a collector; `undefined` if there is none, and Kuma leaves the logger out. */
  readonly clusterOf: (destination: OpenTelemetryDestination) => string | undefined;
}

/** What fills the holes of all backends of a listener. */
export interface ListenerValues extends LinkValues {
  /** Hears of a backend that leaves the proxy without configuration. */
  readonly refuse: (error: string) => void;
}

/** The loggers of backends, in their order. */
export function linkAll(
  backends: readonly BackendTemplate[],
  values: ListenerValues,
  filter?: AccessLogFilter,
): readonly AccessLog[] {
  const loggers: AccessLog[] = [];
  for (const template of backends) {
    if (template.kind === "refused") {
      values.refuse(template.error);
      continue;
    }
    const logger = link(template, values, filter);
    if (logger !== undefined) loggers.push(logger);
  }
  return loggers;
}

/**
 * Fills a template with the values of a proxy. What no proxy changes is shared by all.
 *
 * @returns the access logger, or `undefined` where it refers to an OpenTelemetry backend that is not there.
 */
function link(template: LoggerTemplate, values: LinkValues, filter?: AccessLogFilter): AccessLog | undefined {
  switch (template.kind) {
    case "file":
      return logger("envoy.access_loggers.file", linkFile(template, values.kuma), filter);
    case "tcp":
      return logger("envoy.access_loggers.file", linkTcp(template, values.kuma, values.socketPath), filter);
    case "open-telemetry": {
      const clusterName = values.clusterOf(template.destination);
      if (clusterName === undefined) return undefined;
      return logger(
        "envoy.access_loggers.open_telemetry",
        linkOpenTelemetry(template, clusterName, values.kuma),
        filter,
      );
    }
    case "empty":
      return filter === undefined ? {} : { filter };
  }
}

function logger(
  name: string,
  typedConfig: NonNullable<AccessLog["typedConfig"]>,
  filter: AccessLogFilter | undefined,
): AccessLog {
  return filter === undefined ? { name, typedConfig } : { name, filter, typedConfig };
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
  const accessLog = link(template, {
    kuma: unlinked,
    socketPath: "${tcp-socket}",
    clusterOf: (destination) => `\${${destinationName(destination)}}`,
  });
  return { accessLog: accessLog ?? {}, holes: holesOf(template) };
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
