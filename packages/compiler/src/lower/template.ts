import { defaultFormats } from "../kuma/default-formats.ts";
import type { Backend, Conf, FormatConf, OpenTelemetryConf } from "../validate/policy.ts";
import { type AnyValueTemplate, bodyTemplate } from "./any-value.ts";
import { type KumaText, kumaText } from "./kuma-text.ts";
import { type Endpoint, endpoint } from "./open-telemetry-endpoint.ts";

/**
 * What the traffic of a listener is to the default format: HTTP, anything else, or traffic that Kuma passes through
 * (passthrough and direct access).
 */
export type TrafficKind = "http" | "tcp" | "passthrough";

/** The access loggers of a conf, with holes for what only a proxy knows; all proxies share them. */
export type Templates = Readonly<Record<TrafficKind, readonly LoggerTemplate[]>>;

/** One access logger with holes. */
export type LoggerTemplate = FileTemplate | TcpTemplate | OpenTelemetryTemplate;

export interface FileTemplate {
  readonly kind: "file";
  readonly path: string;
  readonly format: FormatTemplate;
}

/** A TCP sink is reached through the proxy's access-log socket, which a proxy alone knows. */
export interface TcpTemplate {
  readonly kind: "tcp";
  readonly address: string;
  readonly format: FormatTemplate;
}

/** An OpenTelemetry collector is reached through a cluster, which each proxy numbers for itself. */
export interface OpenTelemetryTemplate {
  readonly kind: "open-telemetry";
  readonly destination: OpenTelemetryDestination;
  readonly body: AnyValueTemplate;
  readonly attributes: readonly { readonly key: KumaText; readonly value: KumaText }[];
}

/** An endpoint, or the labels of a MeshOpenTelemetryBackend that the bundle may or may not hold. */
export type OpenTelemetryDestination =
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  | { readonly kind: "backend-ref"; readonly labels: Readonly<Record<string, string>> };

/** A format, with the newline that Kuma adds to a text. */
export type FormatTemplate = { readonly omitEmptyValues: boolean } & (
  | { readonly kind: "text"; readonly text: KumaText }
  | { readonly kind: "json"; readonly fields: ReadonlyMap<string, KumaText> }
);

/** The templates of a conf: one logger for each backend, in their order. */
export function templates(conf: Conf): Templates {
  const backends = conf.backends ?? [];
  return {
    http: backends.map((backend) => loggerTemplate(backend, defaultFormats.http)),
    tcp: backends.map((backend) => loggerTemplate(backend, defaultFormats.network)),
    // Kuma ≥ 2.11 hands the protocol over where the default format belongs: meshaccesslog/plugin.go:316@v2.14.3
    passthrough: backends.map((backend) => loggerTemplate(backend, "tcp")),
  };
}

/** A backend whose `type` names a body that is there; Kuma's API refuses any other. */
function loggerTemplate(backend: Backend, defaultFormat: string): LoggerTemplate {
  if (backend.type === undefined) throw new Error("backends without a type are not compiled");
  switch (backend.type) {
    case "File":
      return {
        kind: "file",
        path: backend.file?.path ?? "",
        format: formatTemplate(backend.file?.format, defaultFormat),
      };
    case "Tcp":
      return {
        kind: "tcp",
        address: backend.tcp?.address ?? "",
        format: formatTemplate(backend.tcp?.format, defaultFormat),
      };
    case "OpenTelemetry": {
      const { attributes = [], body, ...conf } = backend.openTelemetry ?? {};
      return {
        kind: "open-telemetry",
        destination: destination(conf),
        body: bodyTemplate(body, defaultFormat),
        attributes: attributes.map(({ key, value }) => ({ key: kumaText(key), value: kumaText(value) })),
      };
    }
  }
}

/** `plain` goes before `json`, whatever `type` says (meshaccesslog/plugin/xds/configurer.go:191@v2.14.3). */
function formatTemplate(format: FormatConf | undefined, defaultFormat: string): FormatTemplate {
  const omitEmptyValues = format?.omitEmptyValues ?? false;
  if (format?.plain === undefined && format?.json !== undefined) {
    const fields = new Map(format.json.map(({ key, value }) => [key, kumaText(value)]));
    return { kind: "json", omitEmptyValues, fields };
  }
  return { kind: "text", omitEmptyValues, text: kumaText(`${format?.plain ?? defaultFormat}\n`) };
}

function destination({ backendRef, endpoint: text = "" }: OpenTelemetryConf): OpenTelemetryDestination {
  return backendRef === undefined
    ? { kind: "endpoint", endpoint: endpoint(text) }
    : { kind: "backend-ref", labels: backendRef.labels ?? {} };
}
