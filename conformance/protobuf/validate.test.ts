import { describe, expect, test } from "vitest";
import { assertValid } from "./validate.ts";

const accessLog = "envoy.config.accesslog.v3.AccessLog";

const file = (config: object) => ({
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path: "/dev/stdout",
    ...config,
  },
});

const openTelemetry = (config: object) => ({
  name: "envoy.access_loggers.open_telemetry",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
    ...config,
  },
});

const cel = (expression: string) => ({
  extensionFilter: {
    name: "envoy.access_loggers.extension_filters.cel",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
      expression,
    },
  },
});

const routeFilter = {
  metadataFilter: {
    matcher: { filter: "kuma.routes", path: [{ key: "route_kri" }], value: { nullMatch: {} } },
    matchIfKeyNotFound: true,
  },
};

const cluster = {
  name: "meshaccesslog:opentelemetry:0",
  altStatName: "meshaccesslog_opentelemetry_0",
  type: "STRICT_DNS",
  dnsLookupFamily: "V4_ONLY",
  connectTimeout: "5s",
  loadAssignment: {
    clusterName: "meshaccesslog:opentelemetry:0",
    endpoints: [{ lbEndpoints: [{ endpoint: { address: { socketAddress: { address: "otel", portValue: 4317 } } } }] }],
  },
  typedExtensionProtocolOptions: {
    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
      "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
      explicitHttpConfig: { http2ProtocolOptions: {} },
    },
  },
};

describe("what Kuma produces is valid", () => {
  const valid: readonly (readonly [what: string, type: string, json: object])[] = [
    ["a text format", accessLog, file({ logFormat: { textFormatSource: { inlineString: "%PROTOCOL%\n" } } })],
    ["an empty text format", accessLog, file({ logFormat: { textFormatSource: { inlineString: "" } } })],
    [
      "a JSON format",
      accessLog,
      file({ logFormat: { jsonFormat: { a: "%PROTOCOL%", b: { c: [1, null] } }, omitEmptyValues: true } }),
    ],
    ["an empty logger", accessLog, {}],
    ["a CEL filter", accessLog, { ...file({}), filter: cel('connection.uri_san_peer_certificate == "a"') }],
    ["a metadata filter", accessLog, { ...file({}), filter: routeFilter }],
    [
      "OpenTelemetry up to Kuma 2.13",
      accessLog,
      openTelemetry({
        commonConfig: {
          logName: "MeshAccessLog",
          grpcService: { envoyGrpc: { clusterName: "meshaccesslog:opentelemetry:0" } },
          transportApiVersion: "V3",
        },
        body: { stringValue: "%PROTOCOL%" },
        attributes: {},
      }),
    ],
    [
      "OpenTelemetry since Kuma 2.14",
      accessLog,
      openTelemetry({
        logName: "MeshAccessLog",
        grpcService: { envoyGrpc: { clusterName: "meshaccesslog:opentelemetry:0" } },
        resourceAttributes: { values: [{ key: "kuma.mesh", value: { stringValue: "default" } }] },
        body: { kvlistValue: { values: [{ key: "n", value: { intValue: "9007199254740993" } }] } },
        attributes: { values: [{ key: "list", value: { arrayValue: { values: [{ boolValue: false }] } } }] },
      }),
    ],
    ["a cluster", "envoy.config.cluster.v3.Cluster", cluster],
  ];
  test.each(valid)("%s", (_what, type, json) => {
    expect(() => {
      assertValid(type, json);
    }).not.toThrow();
  });
});

describe("what is not exactly a message is refused", () => {
  const invalid: readonly (readonly [what: string, type: string, json: object, why: RegExp])[] = [
    ["an unknown field", accessLog, { nmae: "x" }, /key "nmae" is unknown/],
    ["an unknown field inside an Any", accessLog, file({ pth: "x" }), /key "pth" is unknown/],
    ["a value of another type", accessLog, { name: 5 }, /name.*expected string, got 5/],
    ["an unknown enum value", "envoy.config.cluster.v3.Cluster", { ...cluster, type: "DNS" }, /DiscoveryType.*"DNS"/],
    [
      "two members of a oneof",
      accessLog,
      file({ format: "a", logFormat: { textFormat: "b" } }),
      /oneof.*set multiple times/,
    ],
    ["an unknown message in an Any", accessLog, { typedConfig: { "@type": "type.googleapis.com/a.B" } }, /a\.B/],
    ["a name in snake case", accessLog, { typed_config: file({}).typedConfig }, /not canonical JSON/],
    ["a default that canonical JSON leaves out", accessLog, { ...file({}), name: "" }, /not canonical JSON/],
    [
      "a 64-bit integer as a number",
      "opentelemetry.proto.common.v1.AnyValue",
      { intValue: 1 },
      /not canonical JSON of opentelemetry\.proto\.common\.v1\.AnyValue/,
    ],
    ["a duration in another spelling", "envoy.config.cluster.v3.Cluster", { connectTimeout: "5.0s" }, /not canonical/],
    ["a type without descriptors", "a.B", {}, /no descriptors of a\.B/],
  ];
  test.each(invalid)("%s", (_what, type, json, why) => {
    expect(() => {
      assertValid(type, json);
    }).toThrow(why);
  });
});
