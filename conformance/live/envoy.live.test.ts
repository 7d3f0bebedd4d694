import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { envoyVersions, openJudge, readLines, run, validate } from "./envoy.ts";

const file = (format: string, path = "/dev/null") => ({
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path,
    logFormat: { textFormatSource: { inlineString: format } },
  },
});

/** An HTTP listener with one access logger, and a cluster behind it. */
const proxy = (accessLog: object, upstreamPort: number) => ({
  staticResources: {
    listeners: [
      {
        name: "http",
        address: { socketAddress: { address: "127.0.0.1", portValue: 0 } },
        filterChains: [
          {
            filters: [
              {
                name: "envoy.filters.network.http_connection_manager",
                typedConfig: {
                  "@type":
                    "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                  statPrefix: "http",
                  accessLog: [accessLog],
                  routeConfig: {
                    virtualHosts: [
                      {
                        name: "all",
                        domains: ["*"],
                        routes: [{ match: { prefix: "/" }, route: { cluster: "upstream" } }],
                      },
                    ],
                  },
                  httpFilters: [
                    {
                      name: "envoy.filters.http.router",
                      typedConfig: { "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router" },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
    clusters: [
      {
        name: "upstream",
        loadAssignment: {
          clusterName: "upstream",
          endpoints: [
            {
              lbEndpoints: [
                { endpoint: { address: { socketAddress: { address: "127.0.0.1", portValue: upstreamPort } } } },
              ],
            },
          ],
        },
      },
    ],
  },
});

describe.each(envoyVersions)("Envoy %s", (version) => {
  test("validates a configuration, or says why not in its bare words", async () => {
    expect(await validate(proxy(file("%PROTOCOL%"), 1), version)).toEqual({ ok: true });
    expect(await validate(proxy(file("%PROTCOL%"), 1), version)).toEqual({
      ok: false,
      error: "Not supported field in StreamInfo: PROTCOL",
    });
  });

  test("judges each logger by itself, whatever stands beside it", async () => {
    await using judge = await openJudge(version);
    const crash = version.startsWith("1.36")
      ? "Not supported field in StreamInfo: COALESCE"
      : "CRASH: Caught Segmentation fault";
    const cases = [
      ["%PROTOCOL%\n", "ok"],
      ["%PROTCOL%", "Not supported field in StreamInfo: PROTCOL"],
      ["%REQ%", "REQ requires parameters"],
      ['%COALESCE("x")%', crash],
      ["%START_TIME", "Incorrect configuration: %START_TIME. Couldn't find valid command at position 0"],
      ["", "ok"],
    ] as const;
    const verdicts = await judge.judge(cases.map(([format]) => file(format)));
    expect(cases.map(([format], i) => [format, verdicts[i]])).toEqual(cases);
  });
});

test.each(envoyVersions)(
  "Envoy %s in a TCP proxy judges OpenTelemetry loggers, and asks for no cluster",
  async (version) => {
    const openTelemetry = (stringValue: string) => ({
      name: "envoy.access_loggers.open_telemetry",
      typedConfig: {
        "@type": "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
        commonConfig: {
          logName: "x",
          grpcService: { envoyGrpc: { clusterName: "nobody" } },
          transportApiVersion: "V3",
        },
        body: { stringValue },
      },
    });
    await using judge = await openJudge(version, { filter: "tcp_proxy" });
    const verdicts = await judge.judge([openTelemetry("%PROTOCOL%"), openTelemetry("%PROTCOL%")]);
    expect(verdicts).toEqual(["ok", "Not supported field in StreamInfo: PROTCOL"]);
  },
);

test("a judge says why Envoy cannot read a logger, and judges the others", async () => {
  await using judge = await openJudge("1.38.2");
  const unknown = { name: "x", typedConfig: { "@type": "type.googleapis.com/no.such.Message" } };
  const verdicts = await judge.judge([file("a"), unknown, file("b")]);
  expect(verdicts).toEqual([
    "ok",
    "Unable to parse JSON as proto (INVALID_ARGUMENT: could not find @type 'type.googleapis.com/no.such.Message')",
    "ok",
  ]);
});

test("an Envoy that runs logs a request in the words of its format", async () => {
  const upstream = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  await new Promise((resolve) => upstream.once("listening", resolve));
  try {
    const { port } = upstream.address() as AddressInfo;
    await using envoy = await run(
      proxy(file("%REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%\n", "access.log"), port),
      "1.38.2",
    );
    const response = await fetch(`http://127.0.0.1:${await envoy.port("http")}/cart?id=7`);
    expect(await response.text()).toBe("hello");
    expect(await readLines(join(envoy.folder, "access.log"), 1)).toEqual(["GET /cart?id=7 200"]);
  } finally {
    upstream.close();
    upstream.closeAllConnections();
  }
});

test("an Envoy that does not start is an error with its words", async () => {
  await expect(run(proxy(file("%PROTCOL%"), 1), "1.38.2")).rejects.toThrow(
    /Envoy 1\.38\.2 did not start: .*Not supported field in StreamInfo: PROTCOL/,
  );
});
