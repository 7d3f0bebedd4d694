import type { AccessLog, AccessLogFilter } from "../envoy/messages.ts";
import type { KumaValues } from "../kuma/kuma-operators.ts";
import { linkFile, linkTcp } from "./file-logger.ts";
import { linkOpenTelemetry } from "./open-telemetry-logger.ts";
import type { LoggerList, UnlinkedLogger } from "./logger-list.ts";
import type { OpenTelemetryDestination } from "./open-telemetry-destination.ts";

/** What fills the holes of all loggers of one kind of traffic of a proxy. */
export interface FillValues {
  readonly kuma: KumaValues;
  /** The path of the proxy's access-log socket. */
  readonly socketPath: string;
}

/** What fills the holes of a template: the values of one proxy and one kind of traffic. */
export interface LinkValues extends FillValues {
  /** The name of the cluster that leads to a collector; `undefined` if there is none, and Kuma leaves the logger out. */
  readonly clusterOf: (destination: OpenTelemetryDestination) => string | undefined;
}

/**
 * Loggers of one proxy: a list that many proxies share, and what fills its holes. They become objects
 * ({@link loggerObjects}) or, much faster, the text of these objects (logger-text.ts).
 */
export interface LinkedList {
  readonly list: LoggerList;
  /** One object for all traffic of the proxy with the same values. Every cluster that the list needs has its name. */
  readonly values: LinkValues;
}

/** A logger of one proxy: a template, and what fills its holes. */
export interface LinkedLogger extends UnlinkedLogger {
  readonly values: FillValues;
  /** The cluster that leads to the collector; empty for a logger that has none. */
  readonly clusterName: string;
}

/** The loggers of a list that the proxy has. */
export function loggersOf({ list, values }: LinkedList): readonly LinkedLogger[] {
  return list.loggers.flatMap(({ template, filter }) => {
    const clusterName = template.kind === "open-telemetry" ? values.clusterOf(template.destination) : "";
    return clusterName === undefined ? [] : { template, filter, values, clusterName };
  });
}

/** The objects of the loggers of several lists, in their order. */
export function loggerObjects(lists: readonly LinkedList[]): readonly AccessLog[] {
  return lists.flatMap(loggersOf).map(loggerObject);
}

/** An `envoy.config.accesslog.v3.AccessLog`. What no proxy changes is shared by all. */
export function loggerObject({ template, values, clusterName, filter }: LinkedLogger): AccessLog {
  switch (template.kind) {
    case "file":
      return logger("envoy.access_loggers.file", linkFile(template, values.kuma), filter);
    case "tcp":
      return logger("envoy.access_loggers.file", linkTcp(template, values.kuma, values.socketPath), filter);
    case "open-telemetry":
      return logger(
        "envoy.access_loggers.open_telemetry",
        linkOpenTelemetry(template, clusterName, values.kuma),
        filter,
      );
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
