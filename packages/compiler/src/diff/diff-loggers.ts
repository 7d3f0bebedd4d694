import type { AccessLog } from "../envoy/messages.ts";
import type { LoggerChange } from "./changes.ts";
import { fieldChanges } from "./field-changes.ts";
import { pair } from "./pair.ts";
import { stableJson } from "./stable-json.ts";

/** How two lists of loggers differ. */
export interface LoggerChanges {
  readonly loggers: readonly LoggerChange[];
  readonly isReordered: boolean;
}

/**
 * Compares two lists of loggers. Equal ones belong together; of the rest those that write to the same place, then those
 * with the same filter, then those of the same type, as one that was changed.
 */
export function diffLoggers(before: readonly AccessLog[], after: readonly AccessLog[]): LoggerChanges {
  // Mostly nothing changes, and one compiler writes equal loggers alike.
  if (JSON.stringify(before) === JSON.stringify(after)) return { loggers: [], isReordered: false };
  const { both, removed, added, isReordered } = pair(before, after, [
    stableJson,
    (logger) => stableJson([typeOf(logger), destination(logger), logger.filter]),
    (logger) => stableJson([typeOf(logger), destination(logger)]),
    (logger) => stableJson([typeOf(logger), logger.filter]),
    typeOf,
  ]);
  return {
    loggers: [
      ...removed.map((accessLog): LoggerChange => ({ change: "removed", accessLog })),
      ...both.flatMap(([from, to]): readonly LoggerChange[] => {
        const fields = fieldChanges(from, to);
        return fields.length === 0 ? [] : [{ change: "changed", before: from, after: to, fields }];
      }),
      ...added.map((accessLog): LoggerChange => ({ change: "added", accessLog })),
    ],
    isReordered,
  };
}

function typeOf({ typedConfig }: AccessLog): string {
  return typedConfig?.["@type"] ?? "";
}

/** Where a logger writes to. */
function destination({ typedConfig }: AccessLog): unknown {
  switch (typedConfig?.["@type"]) {
    case undefined:
      return undefined;
    case "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog":
      return [typedConfig.path, typedConfig.logFormat?.jsonFormat?.["address"]];
    case "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig":
      return (typedConfig.grpcService ?? typedConfig.commonConfig?.grpcService)?.envoyGrpc?.clusterName;
  }
}
