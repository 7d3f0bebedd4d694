import type { AccessLog, AccessLogFilter } from "../envoy/messages.ts";
import { unlinked } from "../kuma/kuma-operators.ts";
import { type LinkedList, type LinkValues, loggerObject } from "./linked-logger.ts";
import { type Demand, demandsOf, type LoggerList, loggerList } from "./logger-list.ts";
import { destinationName } from "./open-telemetry-destination.ts";
import type { BackendTemplate, LoggerTemplate } from "./template.ts";

/** What fills the holes of all backends of a listener. */
export interface ListenerValues extends LinkValues {
  /** Hears of a backend that leaves the proxy without configuration. */
  readonly refuse: (error: string) => void;
}

/**
 * Links the loggers of backends: asks the proxy for what they need, in their order, which numbers its clusters. One that
 * refers to an OpenTelemetry backend that is not there is left out.
 */
export function linkAll(
  backends: readonly BackendTemplate[],
  values: ListenerValues,
  filter?: AccessLogFilter,
): LinkedList {
  const { list, demands } = preparedOf(backends, filter);
  demand(demands, values);
  return { list, values };
}

/** What backends come to without a proxy: the same for all. */
interface Prepared {
  readonly list: LoggerList;
  readonly demands: readonly Demand[];
}

const known = new WeakMap<readonly BackendTemplate[], Map<AccessLogFilter | undefined, Prepared>>();

function preparedOf(backends: readonly BackendTemplate[], filter: AccessLogFilter | undefined): Prepared {
  const byFilter = known.get(backends) ?? new Map<AccessLogFilter | undefined, Prepared>();
  known.set(backends, byFilter);
  const before = byFilter.get(filter);
  if (before !== undefined) return before;
  const made = { list: loggerList([{ backends, filter }]), demands: demandsOf(backends) };
  byFilter.set(filter, made);
  return made;
}

/** Asks a proxy for what linking needs. */
export function demand(demands: readonly Demand[], values: ListenerValues): void {
  for (const one of demands) {
    if (one.kind === "refused") values.refuse(one.error);
    else values.clusterOf(one);
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
