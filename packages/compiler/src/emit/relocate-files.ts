import { type AccessLog } from "../envoy/messages.ts";

/**
 * An access logger that writes to another place: `path` says where, given where it writes now. A logger that writes no
 * file stays what it is.
 */
export function relocateFiles(accessLog: AccessLog, path: (path: string) => string): AccessLog {
  const { typedConfig } = accessLog;
  if (typedConfig?.["@type"] !== "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog")
    return accessLog;
  return typedConfig.path === undefined
    ? accessLog
    : { ...accessLog, typedConfig: { ...typedConfig, path: path(typedConfig.path) } };
}
