import { describe, expect, it } from "vitest";
import type { AccessLog } from "../../src/envoy/messages.ts";
import type { CompiledListener, CompiledProxy } from "../../src/emit/compiled.ts";
import { type ConfigDump, readConfigDump } from "../../src/verify/config-dump.ts";
import { verify } from "../../src/verify/verify.ts";

const hcm = "envoy.filters.network.http_connection_manager";
const manager = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
const fileLogger = "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog";

const logger = (format: string): AccessLog => ({
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": fileLogger,
    path: "/log",
    logFormat: { jsonFormat: { snake_case_key: format } },
  },
});

/** The same as Envoy writes it. */
const live = (format: string): object => ({
  name: "envoy.access_loggers.file",
  typed_config: { log_format: { json_format: { snake_case_key: format } }, path: "/log", "@type": fileLogger },
});

const listener = (name: string | null, accessLog: readonly AccessLog[], more: object = {}): CompiledListener => ({
  name,
  resource: "web",
  context: "outbound",
  direction: "OUTBOUND",
  protocol: "http",
  filter: hcm,
  accessLog,
  ...more,
});

const proxy = (...listeners: readonly CompiledListener[]): CompiledProxy => ({
  mesh: "default",
  name: "a",
  labels: {},
  policies: [],
  listeners,
  clusters: [],
});

const chain = (accessLog: readonly object[], more: object = {}): object => ({
  filters: [{ name: "any", typed_config: { "@type": manager, access_log: accessLog, ...more } }],
});

const section = (type: string, content: object): object => ({
  "@type": `type.googleapis.com/envoy.admin.v3.${type}`,
  ...content,
});

/** A dump of one dynamic listener. */
const dynamic = (name: string, chains: readonly object[], more: object = {}, state: object = {}): object =>
  section("ListenersConfigDump", {
    dynamic_listeners: [
      { name, active_state: { version_info: "1", listener: { name, filter_chains: chains, ...more } }, ...state },
    ],
  });

function dumpOf(...configs: readonly object[]): ConfigDump {
  const { value, diagnostics } = readConfigDump({ path: "dump.json", content: JSON.stringify({ configs }) });
  expect(diagnostics).toEqual([]);
  if (value === undefined) throw new Error("not read");
  return value;
}

describe("a listener", () => {
  const name = "outbound:10.0.0.1:80";
  const tags = (own: object): object => ({ metadata: { filter_metadata: { "io.kuma.tags": own } } });
  const chains = [chain([live("a")])];

  it.each([
    ["that logs as it should", listener(name, [logger("a")]), dynamic(name, chains), { status: "equal", loggers: 1 }],
    [
      "that is static",
      listener(name, [logger("a")]),
      section("ListenersConfigDump", { static_listeners: [{ listener: { name, filter_chains: chains } }] }),
      { status: "equal" },
    ],
    [
      "of a dump of listeners only",
      listener(name, [logger("a")]),
      section("ListenersConfigDump.DynamicListener", { active_state: { listener: { name, filter_chains: chains } } }),
      { status: "equal" },
    ],
    [
      "with another format",
      listener(name, [logger("b")]),
      dynamic(name, chains),
      {
        status: "different",
        changes: [
          {
            loggers: [
              { fields: [{ path: "typedConfig.logFormat.jsonFormat.snake_case_key", before: "a", after: "b" }] },
            ],
          },
        ],
      },
    ],
    [
      "of which one chain of several differs",
      listener(name, [logger("a")]),
      dynamic(name, [chain([live("a")]), chain([])]),
      { status: "different", changes: [{ loggers: [{ change: "added" }] }] },
    ],
    [
      "that differs in its default chain",
      listener(name, [logger("a")]),
      dynamic(name, chains, { default_filter_chain: chain([]) }),
      { status: "different", changes: [{ loggers: [{ change: "added" }] }] },
    ],
    [
      "with another filter",
      listener(name, [], { filter: "envoy.filters.network.tcp_proxy" }),
      dynamic(name, chains),
      { status: "different", changes: [{ change: "added" }, { change: "removed", loggers: [{ change: "removed" }] }] },
    ],
    [
      "whose newer configuration Envoy refused",
      listener(name, [logger("a")]),
      dynamic(name, chains, {}, { error_state: { details: "Not supported field in StreamInfo: NOPE" } }),
      { status: "different", changes: [], refusal: "Not supported field in StreamInfo: NOPE" },
    ],
    [
      "that Envoy never took",
      listener(name, [logger("a")]),
      section("ListenersConfigDump", { dynamic_listeners: [{ name, error_state: { details: "no" } }] }),
      { status: "different", changes: [{ change: "added" }], refusal: "no" },
    ],
    [
      "that is not there",
      listener(name, [logger("a")]),
      dynamic("kuma:envoy:admin", []),
      { status: "different", name },
    ],
    [
      "of an address that the tags tell",
      listener(null, [logger("a")]),
      dynamic(name, chains, tags({ "kuma.io/service": "web" })),
      { status: "equal", name },
    ],
    [
      "of an address that the identifier tells",
      listener(null, [logger("b")], { resource: "kri_msvc_default_z__web_80" }),
      dynamic(name, chains, tags({ "kuma.io/unified-name": "kri_msvc_default_z__web_80" })),
      { status: "different", name },
    ],
    [
      "of an address that the routes tell",
      listener(null, [logger("a")]),
      dynamic(name, [chain([live("a")], { route_config: { name: "outbound:web" } })]),
      { status: "equal", name },
    ],
    [
      "of an address that nothing tells",
      listener(null, [logger("a")]),
      dynamic(name, chains),
      { status: "unknown", name: null, reason: "address", loggers: 1 },
    ],
  ])("%s", (_, compiled, dump, expected) => {
    const { listeners } = verify(proxy(compiled), dumpOf(dump));
    const found = listeners.filter((one) => one.status !== "unknown" || one.reason === "address");
    expect(found).toMatchObject([expected]);
  });

  it.each([
    ["kuma:envoy:admin", "unknown"],
    ["inbound:passthrough:ipv4", "unknown"],
    ["outbound:10.0.0.9:80", "unknown"],
    ["inbound:10.0.0.1:80", "different"],
    ["self_inbound_dp_http", "different"],
  ])("%s that only the proxy has is %s", (only, status) => {
    expect(verify(proxy(), dumpOf(dynamic(only, chains))).listeners).toMatchObject([{ name: only, status }]);
  });

  it("that is on its way out is passed over", () => {
    const leaving = section("ListenersConfigDump", {
      dynamic_listeners: [{ name, draining_state: { listener: { name, filter_chains: chains } } }],
    });
    expect(verify(proxy(), dumpOf(leaving)).listeners).toEqual([]);
  });
});

describe("what loggers need", () => {
  const name = "kri_msvc_default_z__web_80";
  const lua = {
    name: "envoy.filters.http.lua",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
      defaultSourceCode: { inlineString: 'set("kuma.routes")' },
    },
  } as const;
  const metadata = { filterMetadata: { "envoy.filters.http.lua": { route_kri: "kri_a" } } };
  const compiled = listener(name, [], { httpFilters: [lua], routeMetadata: { r: metadata } });
  const liveLua = {
    name: lua.name,
    typed_config: { "@type": lua.typedConfig["@type"], default_source_code: { inline_string: 'set("kuma.routes")' } },
  };
  const routes = {
    name: "routes",
    virtual_hosts: [
      {
        routes: [
          { name: "r", metadata: { filter_metadata: { "envoy.filters.http.lua": { route_kri: "kri_a" }, other: {} } } },
          { name: "another" },
        ],
      },
    ],
  };
  const router = { name: "envoy.filters.http.router", typed_config: {} };

  it.each([
    ["is there", { http_filters: [liveLua, router], route_config: routes }, []],
    ["misses its Lua filter", { http_filters: [router], route_config: routes }, ["httpFilters"]],
    ["misses the metadata of its routes", { http_filters: [liveLua, router] }, ["routeMetadata"]],
    ["has its routes from discovery", { http_filters: [liveLua], rds: { route_config_name: "routes" } }, []],
  ])("%s", (_, more, expected) => {
    const discovered = section("RoutesConfigDump", { dynamic_route_configs: [{ route_config: routes }] });
    const { listeners } = verify(proxy(compiled), dumpOf(dynamic(name, [chain([], more)]), discovered));
    const paths = listeners.flatMap((one) => (one.status === "different" ? one.changes : []));
    expect(paths.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(expected);
  });

  it("is a cluster, of which Envoy says the same", () => {
    const clusters = [{ name: "meshaccesslog:opentelemetry:0", connectTimeout: "5s" }];
    const own = { name: "meshaccesslog:opentelemetry:0", connect_timeout: "5s" };
    const of = (...all: readonly object[]): ConfigDump =>
      dumpOf(section("ClustersConfigDump", { dynamic_active_clusters: all.map((cluster) => ({ cluster })) }));
    const withType = { "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", ...own };
    expect(verify({ ...proxy(), clusters }, of(withType, { name: "web" })).clusters).toEqual([]);
    expect(verify({ ...proxy(), clusters }, of()).clusters).toMatchObject([{ change: "added" }]);
    expect(verify(proxy(), of(own)).clusters).toMatchObject([{ change: "removed" }]);
  });
});
