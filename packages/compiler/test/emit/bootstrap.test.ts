import { describe, expect, test } from "vitest";
import { assertValid } from "../../../../conformance/protobuf/validate.ts";
import {
  bootstrap,
  type BootstrapOptions,
  type BootstrapListener,
  type BootstrapProxy,
} from "../../src/emit/bootstrap.ts";
import { type AccessLog, type Cluster } from "../../src/envoy/messages.ts";

const file: AccessLog = {
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path: "/var/log/a.log",
    logFormat: { textFormatSource: { inlineString: "%PROTOCOL%\n" } },
  },
};

const openTelemetry: AccessLog = {
  name: "envoy.access_loggers.open_telemetry",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
    logName: "MeshAccessLog",
    grpcService: { envoyGrpc: { clusterName: "meshaccesslog:opentelemetry:0" } },
    body: { stringValue: "%PROTOCOL%" },
    attributes: {},
  },
};

const collector: Cluster = { name: "meshaccesslog:opentelemetry:0", type: "STRICT_DNS", connectTimeout: "5s" };

const http: BootstrapListener = {
  name: "inbound:10.0.0.1:8080",
  context: "inbound",
  direction: "INBOUND",
  filter: "envoy.filters.network.http_connection_manager",
  accessLog: [file, openTelemetry],
};

const tcp: BootstrapListener = { ...http, filter: "envoy.filters.network.tcp_proxy" };

const zoneProxy: BootstrapListener = {
  ...tcp,
  name: null,
  resource: "kri_zi_z",
  context: "zone-proxy",
  accessLogOptions: { flushAccessLogOnConnected: true },
  listenerFilters: [
    {
      name: "envoy.filters.listener.tls_inspector",
      typedConfig: { "@type": "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector" },
    },
  ],
};

const routed: BootstrapListener = {
  ...http,
  name: "outbound:10.0.0.2:80",
  context: "outbound",
  direction: "OUTBOUND",
  httpFilters: [
    {
      name: "envoy.filters.http.lua",
      typedConfig: {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
        defaultSourceCode: { inlineString: "function envoy_on_request(handle) end\n" },
      },
    },
  ],
  routeMetadata: { kri_a: { filterMetadata: { "envoy.filters.http.lua": { route_kri: "kri_a" } } } },
};

const proxy: BootstrapProxy = {
  mesh: "default",
  name: "backend-1",
  listeners: [http, tcp, zoneProxy, routed],
  clusters: [collector],
};

const here: BootstrapOptions = { port: () => 0, upstream: { address: "127.0.0.1", port: 8080 } };

describe("a bootstrap of a proxy", () => {
  test("is a valid message of Envoy, whatever a listener has", () => {
    assertValid("envoy.config.bootstrap.v3.Bootstrap", bootstrap(proxy, here));
  });

  test("has the listeners that are given a port, each under a name of its own", () => {
    const { listeners } = bootstrap(proxy, {
      ...here,
      port: ({ context }) =>
        new Map<string, number>([
          ["inbound", 0],
          ["zone-proxy", 9000],
        ]).get(context),
    }).staticResources;
    expect(listeners).toMatchObject([
      { name: "inbound:10.0.0.1:8080", address: { socketAddress: { address: "127.0.0.1", portValue: 0 } } },
      { name: "inbound:10.0.0.1:8080#2" },
      { name: "kri_zi_z", address: { socketAddress: { address: "127.0.0.1", portValue: 9000 } } },
    ]);
  });

  test("has the proxy's own clusters, and the upstream", () => {
    const upstream = (address: string) =>
      bootstrap(proxy, { ...here, upstream: { address, port: 1 } }).staticResources.clusters;
    expect(upstream("127.0.0.1")).toMatchObject([collector, { name: "meshlog_upstream", type: "STATIC" }]);
    expect(upstream("::1")).toMatchObject([collector, { type: "STATIC" }]);
    expect(upstream("localhost")).toMatchObject([collector, { type: "STRICT_DNS" }]);
  });

  test("lets file loggers, and no others, write elsewhere", () => {
    const { listeners } = bootstrap(
      { ...proxy, listeners: [http] },
      { ...here, path: (path) => `/tmp${path}` },
    ).staticResources;
    expect(listeners).toMatchObject([
      {
        filterChains: [
          {
            filters: [{ typedConfig: { accessLog: [{ typedConfig: { path: "/tmp/var/log/a.log" } }, openTelemetry] } }],
          },
        ],
      },
    ]);
  });

  test("lets collectors be elsewhere, but not those on a unix socket", () => {
    const at = (address: object): Cluster => ({
      ...collector,
      loadAssignment: {
        clusterName: "meshaccesslog:opentelemetry:0",
        endpoints: [{ lbEndpoints: [{ endpoint: { address } }] }],
      },
    });
    const pipe = at({ pipe: { path: "/tmp/kuma-otel.sock" } });
    const { clusters } = bootstrap(
      { ...proxy, clusters: [at({ socketAddress: { address: "collector", portValue: 4317 } }), pipe, collector] },
      { ...here, endpoint: (address, port) => ({ address: `${address}.local`, port: port + 1 }) },
    ).staticResources;
    expect(clusters.slice(0, -1)).toEqual([
      at({ socketAddress: { address: "collector.local", portValue: 4318 } }),
      pipe,
      collector,
    ]);
  });
});
