import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootstrap, routeHeader, type BootstrapProxy } from "../../packages/compiler/src/emit/bootstrap.ts";
import { type AccessLog, type AccessLogFilter, type HttpFilter } from "../../packages/compiler/src/envoy/messages.ts";
import { readLines, run } from "./envoy.ts";

const file = (path: string, format: string, filter?: AccessLogFilter): AccessLog => ({
  name: "envoy.access_loggers.file",
  ...(filter && { filter }),
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path,
    logFormat: { textFormatSource: { inlineString: format } },
  },
});

/** As Kuma tells the routes of a MeshHTTPRoute apart: a Lua filter copies the route's metadata to where a logger looks. */
const ofRoute = (exact: string): AccessLogFilter => ({
  metadataFilter: {
    matcher: { filter: "kuma.routes", path: [{ key: "route_kri" }], value: { stringMatch: { exact } } },
    matchIfKeyNotFound: false,
  },
});

const lua: HttpFilter = {
  name: "envoy.filters.http.lua",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
    defaultSourceCode: {
      inlineString: `function envoy_on_request(handle)
  local meta = handle:metadata():get("route_kri")
  if meta ~= nil then
    handle:streamInfo():dynamicMetadata():set("kuma.routes", "route_kri", meta)
  end
end
`,
    },
  },
};

const proxy: BootstrapProxy = {
  mesh: "default",
  name: "backend-1",
  listeners: [
    {
      name: "inbound:10.0.0.1:8080",
      context: "inbound",
      direction: "INBOUND",
      filter: "envoy.filters.network.http_connection_manager",
      accessLog: [file("/var/log/in.log", "%UPSTREAM_CLUSTER% %REQ(:METHOD)% %RESPONSE_CODE%\n")],
    },
    {
      name: "inbound:10.0.0.1:8080",
      context: "inbound",
      direction: "INBOUND",
      filter: "envoy.filters.network.tcp_proxy",
      accessLog: [file("/var/log/in.log", "%UPSTREAM_CLUSTER% %PROTOCOL%\n")],
    },
    {
      name: null,
      resource: "kri_msvc_default_z_n_orders_http",
      context: "outbound",
      direction: "OUTBOUND",
      filter: "envoy.filters.network.http_connection_manager",
      accessLog: [file("/var/log/route.log", "%REQ(:PATH)%\n", ofRoute("kri_a"))],
      httpFilters: [lua],
      routeMetadata: { kri_a: { filterMetadata: { "envoy.filters.http.lua": { route_kri: "kri_a" } } } },
    },
  ],
  clusters: [],
};

let upstream: Server;

beforeAll(async () => {
  upstream = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  await new Promise((resolve) => upstream.once("listening", resolve));
});

afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

test("a proxy's loggers run in a real Envoy, each listener by itself, in files of our choice", async () => {
  const config = bootstrap(proxy, {
    port: () => 0,
    upstream: { address: "127.0.0.1", port: (upstream.address() as AddressInfo).port },
    path: (path) => path.replace("/var/log/", ""),
  });
  await using envoy = await run({ ...config }, "1.38.2");
  const get = async (listener: string, path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${await envoy.port(listener)}${path}`, { headers });
    expect(await response.text()).toBe("hello");
  };

  await get("inbound:10.0.0.1:8080", "/");
  expect(await readLines(join(envoy.folder, "in.log"), 1)).toEqual(["meshlog_upstream GET 200"]);

  await get("inbound:10.0.0.1:8080#2", "/", { connection: "close" });
  expect(await readLines(join(envoy.folder, "in.log"), 2)).toEqual(["meshlog_upstream GET 200", "meshlog_upstream -"]);

  await get("kri_msvc_default_z_n_orders_http", "/no-route");
  await get("kri_msvc_default_z_n_orders_http", "/by-route", { [routeHeader]: "kri_a" });
  expect(await readLines(join(envoy.folder, "route.log"), 1)).toEqual(["/by-route"]);
});
