import type { AccessLog, AccessLogFilter } from "../envoy/messages.ts";
import type { KumaValues } from "../kuma/kuma-operators.ts";
import { linkFile, linkTcp } from "./file-logger.ts";
import { linkOpenTelemetry } from "./open-telemetry-logger.ts";
import type { LoggerTemplate } from "./template.ts";

/** What fills the holes of all loggers of one kind of traffic of a proxy. */
export interface FillValues {
  readonly kuma: KumaValues;
  /** The path of the proxy's access-log socket. */
  readonly socketPath: string;
}

/**
 * A logger of one proxy: a template, and what fills its holes. It becomes an object ({@link loggerObject}) or, much
 * faster, the text of that object (logger-text.ts).
 */
export interface LinkedLogger {
  readonly template: LoggerTemplate;
  /** One object for all loggers of the same traffic. */
  readonly values: FillValues;
  /** The cluster that leads to the collector; empty for a logger that has none. */
  readonly clusterName: string;
  readonly filter: AccessLogFilter | undefined;
}

/** The objects of several loggers, in their order. */
export function loggerObjects(loggers: readonly LinkedLogger[]): readonly AccessLog[] {
  return loggers.map(loggerObject);
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
