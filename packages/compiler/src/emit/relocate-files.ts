const fileAccessLog = "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog";

/**
 * An access logger that writes to another place: `path` says where, given where it writes now. Loggers that write no
 * file are what they were.
 */
export function relocateFiles(accessLog: object, path: (path: string) => string): object {
  const { typedConfig } = accessLog as { typedConfig?: { readonly "@type"?: string; readonly path?: string } };
  if (typedConfig?.["@type"] !== fileAccessLog || typedConfig.path === undefined) return accessLog;
  return { ...accessLog, typedConfig: { ...typedConfig, path: path(typedConfig.path) } };
}
