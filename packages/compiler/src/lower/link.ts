import type {
  AccessLog,
  AccessLogFilter,
  FileAccessLog,
  KeyValueList,
  SubstitutionFormatString,
} from "../envoy/messages.ts";
import { type KumaValues, unlinked } from "../kuma/kuma-operators.ts";
import { anyValueJson } from "./any-value.ts";
import { fill, type KumaText } from "./kuma-text.ts";
import type { FormatTemplate, LoggerTemplate, OpenTelemetryDestination, OpenTelemetryTemplate } from "./template.ts";

/** What fills the holes of a template: the values of one proxy and one kind of traffic. */
export interface LinkValues {
  readonly kuma: KumaValues;
  /** The path of the proxy's access-log socket. */
  readonly socketPath: string;
  /** The name of the cluster that leads to a collector; `undefined` if there is none, and Kuma leaves the logger out. */
  readonly clusterOf: (destination: OpenTelemetryDestination) => string | undefined;
}

/**
 * Fills a template with the values of a proxy.
 *
 * @returns the access logger, or `undefined` where it refers to an OpenTelemetry backend that is not there.
 */
export function link(template: LoggerTemplate, values: LinkValues, filter?: AccessLogFilter): AccessLog | undefined {
  const typedConfig = config(template, values);
  if (typedConfig === undefined) return undefined;
  return { name: loggerNames[template.kind], ...(filter === undefined ? {} : { filter }), typedConfig };
}

const loggerNames: Readonly<Record<LoggerTemplate["kind"], string>> = {
  file: "envoy.access_loggers.file",
  tcp: "envoy.access_loggers.file",
  "open-telemetry": "envoy.access_loggers.open_telemetry",
};

/** A hole of a template: where in the access logger, and what a proxy puts there. */
export interface Hole {
  /** Where in the access logger: `typedConfig.path`. */
  readonly path: string;
  /** `tcp-socket`, `otel-cluster HOST:PORT`, or `otel-backend LABELS`. */
  readonly value: string;
}

/** A template as people read it: `%KUMA_…%` stays as it is, and other holes read `${…}`. */
export function show(template: LoggerTemplate): {
  readonly accessLog: AccessLog | undefined;
  readonly holes: readonly Hole[];
} {
  const accessLog = link(template, {
    kuma: unlinked,
    socketPath: "${tcp-socket}",
    clusterOf: (destination) => `\${${destinationName(destination)}}`,
  });
  switch (template.kind) {
    case "file":
      return { accessLog, holes: [] };
    case "tcp":
      return { accessLog, holes: [{ path: "typedConfig.path", value: "tcp-socket" }] };
    case "open-telemetry": {
      const value = destinationName(template.destination);
      return {
        accessLog,
        holes: [
          { path: "typedConfig.grpcService.envoyGrpc.clusterName", value },
          { path: "typedConfig.resourceAttributes", value: "kuma.mesh, kuma.zone, kuma.workload" },
        ],
      };
    }
  }
}

function destinationName(destination: OpenTelemetryDestination): string {
  if (destination.kind === "endpoint") {
    const { address, port } = destination.endpoint;
    return `otel-cluster ${address.includes(":") ? `[${address}]` : address}:${port}`;
  }
  const labels = Object.entries(destination.labels).map(([key, value]) => `${key}=${value}`);
  return `otel-backend ${labels.sort().join(",")}`;
}

type TypedConfig = NonNullable<AccessLog["typedConfig"]>;

function config(template: LoggerTemplate, values: LinkValues): TypedConfig | undefined {
  switch (template.kind) {
    case "file":
      return file(template.path, fileFormat(template.format, values.kuma));
    case "tcp": {
      const jsonFormat = { address: template.address, message: message(template.format, values.kuma) };
      return file(values.socketPath, { jsonFormat, ...omit(template.format) });
    }
    case "open-telemetry":
      return openTelemetry(template, values);
  }
}

function file(path: string, logFormat: SubstitutionFormatString): TypedConfig & FileAccessLog {
  return { "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog", path, logFormat };
}

function fileFormat(format: FormatTemplate, kuma: KumaValues): SubstitutionFormatString {
  const formatted = message(format, kuma);
  return typeof formatted === "string"
    ? { textFormatSource: { inlineString: formatted }, ...omit(format) }
    : { jsonFormat: formatted, ...omit(format) };
}

function message(format: FormatTemplate, kuma: KumaValues): string | Readonly<Record<string, string>> {
  if (format.kind === "text") return fill(format.text, kuma);
  // Envoy prints the keys sorted; in that order they stand here too.
  const fields = [...format.fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, value]) => [key, fill(value, kuma)]));
}

function omit({ omitEmptyValues }: FormatTemplate): { readonly omitEmptyValues?: true } {
  return omitEmptyValues ? { omitEmptyValues } : {};
}

/** pkg/envoy/builders/accesslog/accesslog.go:99@v2.14.3 */
function openTelemetry(template: OpenTelemetryTemplate, { kuma, clusterOf }: LinkValues): TypedConfig | undefined {
  const clusterName = clusterOf(template.destination);
  if (clusterName === undefined) return undefined;
  const text = (part: KumaText): string => fill(part, kuma);
  return {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
    logName: "MeshAccessLog",
    grpcService: { envoyGrpc: { clusterName } },
    resourceAttributes: keyValues([
      ["kuma.mesh", kuma.KUMA_MESH],
      ...(kuma.KUMA_ZONE === "" ? [] : [["kuma.zone", kuma.KUMA_ZONE] as const]),
      ...(kuma.KUMA_WORKLOAD === "" ? [] : [["kuma.workload", kuma.KUMA_WORKLOAD] as const]),
    ]),
    body: anyValueJson(template.body, kuma),
    attributes: keyValues(template.attributes.map(({ key, value }) => [text(key), text(value)] as const)),
  };
}

function keyValues(entries: readonly (readonly [string, string])[]): KeyValueList {
  if (entries.length === 0) return {};
  return { values: entries.map(([key, stringValue]) => ({ ...(key === "" ? {} : { key }), value: { stringValue } })) };
}
