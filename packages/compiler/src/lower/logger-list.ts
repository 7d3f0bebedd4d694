import type { AccessLogFilter } from "../envoy/messages.ts";
import type { OpenTelemetryDestination } from "./open-telemetry-destination.ts";
import type { BackendTemplate, LoggerTemplate, RefusedTemplate } from "./template.ts";

/** A logger with holes, and which connections or requests it is for. */
export interface UnlinkedLogger {
  readonly template: LoggerTemplate;
  readonly filter: AccessLogFilter | undefined;
}

/** Loggers with holes, in their order. All proxies that the same confs hold for share the list. */
export interface LoggerList {
  readonly loggers: readonly UnlinkedLogger[];
  /** Where those for OpenTelemetry send their records, each once. */
  readonly destinations: readonly OpenTelemetryDestination[];
}

/** What linking asks of a proxy: a cluster, or to take note of an error. */
export type Demand = OpenTelemetryDestination | RefusedTemplate;

/** Backends that have one filter in common. */
export interface FilteredBackends {
  readonly backends: readonly BackendTemplate[];
  readonly filter: AccessLogFilter | undefined;
}

/** The loggers of backends. */
export function loggerList(parts: readonly FilteredBackends[]): LoggerList {
  const loggers: UnlinkedLogger[] = [];
  const destinations = new Set<OpenTelemetryDestination>();
  for (const { backends, filter } of parts) {
    for (const template of backends) {
      if (template.kind === "refused") continue;
      loggers.push({ template, filter });
      if (template.kind === "open-telemetry") destinations.add(template.destination);
    }
  }
  return { loggers, destinations: [...destinations] };
}

/** What linking backends asks of a proxy, in their order and each thing once. */
export function demandsOf(backends: Iterable<BackendTemplate>): readonly Demand[] {
  const demands = new Set<Demand>();
  for (const template of backends) {
    if (template.kind === "refused") demands.add(template);
    else if (template.kind === "open-telemetry") demands.add(template.destination);
  }
  return [...demands];
}

/** Whether two lists have the same loggers. */
export function isSameList(a: LoggerList, b: LoggerList): boolean {
  return (
    a.loggers.length === b.loggers.length &&
    a.loggers.every(({ template, filter }, i) => {
      const other = b.loggers[i];
      return template === other?.template && filter === other.filter;
    })
  );
}
