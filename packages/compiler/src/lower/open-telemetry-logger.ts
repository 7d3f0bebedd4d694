import type { KeyValueList, OpenTelemetryAccessLogConfig, Typed } from "../envoy/messages.ts";
import type { KumaValues } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import type { OpenTelemetryConf } from "../validate/policy.ts";
import { keyValueJson, listJson } from "./any-value.ts";
import type { DefaultFormat } from "./format.ts";
import { type OpenTelemetryDestination, openTelemetryDestination } from "./open-telemetry-destination.ts";
import { fill, type KumaText, literal } from "./kuma-text.ts";
import { type BodyTemplate, bodyTemplate, linkBody } from "./open-telemetry-body.ts";
import type { TextReader } from "./text-reader.ts";

/** An OpenTelemetry collector is reached through a cluster, which each proxy numbers for itself. */
export interface OpenTelemetryTemplate {
  readonly kind: "open-telemetry";
  readonly config: Profile["openTelemetryConfig"];
  readonly destination: OpenTelemetryDestination;
  readonly body?: BodyTemplate;
  readonly attributes: readonly { readonly key: KumaText; readonly value: KumaText }[];
}

type Config = Typed<
  "envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
  OpenTelemetryAccessLogConfig
>;

export function openTelemetryTemplate(
  { attributes = [], body, ...conf }: OpenTelemetryConf,
  defaultFormat: DefaultFormat,
  profile: Profile,
  reader: TextReader,
): OpenTelemetryTemplate {
  const text = profile.openTelemetryAttributes === "interpolated" ? reader.read : literal;
  return {
    kind: "open-telemetry",
    config: profile.openTelemetryConfig,
    destination: openTelemetryDestination(conf, profile),
    ...(profile.openTelemetryBody === "none" ? {} : { body: bodyTemplate(body, defaultFormat, profile, reader) }),
    attributes: attributes.map(({ key, value }) => ({ key: text(key), value: text(value) })),
  };
}

/**
 * The configuration of an OpenTelemetry logger in a proxy (meshaccesslog/plugin/xds/configurer.go:323@2.5.11,
 * pkg/envoy/builders/accesslog/accesslog.go:99@v2.14.3).
 */
export function linkOpenTelemetry(template: OpenTelemetryTemplate, clusterName: string, values: KumaValues): Config {
  const logName = "MeshAccessLog";
  const grpcService = { envoyGrpc: { clusterName } };
  return {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
    ...(template.config === "common-config"
      ? { commonConfig: { logName, grpcService, transportApiVersion: "V3" } }
      : { logName, grpcService, resourceAttributes: resourceAttributes(values) }),
    ...(template.body === undefined ? {} : { body: linkBody(template.body, values) }),
    attributes: listJson(
      template.attributes.map(({ key, value }) =>
        keyValueJson(fill(key, values), { stringValue: fill(value, values) }),
      ),
    ),
  };
}

/** Who logs. */
function resourceAttributes({ KUMA_MESH: mesh, KUMA_ZONE: zone, KUMA_WORKLOAD: workload }: KumaValues): KeyValueList {
  const known = [
    { key: "kuma.mesh", stringValue: mesh },
    ...(zone === "" ? [] : [{ key: "kuma.zone", stringValue: zone }]),
    ...(workload === "" ? [] : [{ key: "kuma.workload", stringValue: workload }]),
  ];
  return { values: known.map(({ key, stringValue }) => ({ key, value: { stringValue } })) };
}
