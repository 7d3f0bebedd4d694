import { describe, expect, it } from "vitest";
import type { AccessLog } from "../../src/envoy/messages.ts";
import { linkAll } from "../../src/lower/link.ts";
import { loggerObjects, type LinkValues } from "../../src/lower/linked-logger.ts";
import { templates } from "../../src/lower/template.ts";
import type { Backend, FormatConf } from "../../src/validate/policy.ts";
import { profileOf } from "./release.ts";

const values: LinkValues = {
  kuma: {
    KUMA_SOURCE_ADDRESS: "10.0.0.1:0",
    KUMA_SOURCE_ADDRESS_WITHOUT_PORT: "10.0.0.1",
    KUMA_SOURCE_SERVICE: "web",
    KUMA_DESTINATION_SERVICE: "db",
    KUMA_MESH: "default",
    KUMA_TRAFFIC_DIRECTION: "OUTBOUND",
    KUMA_ZONE: "zone-1",
    KUMA_WORKLOAD: "",
  },
  socketPath: "/tmp/al.sock",
  clusterOf: () => "cluster",
};

/** The logger of a backend, or the error that it leaves a proxy with. */
function lowered(release: string, backend: Backend): AccessLog | string | undefined {
  const refused: string[] = [];
  const { tcp } = templates({ backends: [backend] }, profileOf(release));
  const [logger] = loggerObjects([linkAll(tcp, { ...values, refuse: (error) => refused.push(error) })]);
  return refused[0] ?? logger;
}

/** What a logger is called, and where it writes. */
function outline(logger: AccessLog | string | undefined): string {
  if (typeof logger === "string") return logger;
  const { name = "nameless", typedConfig } = logger ?? {};
  return typedConfig !== undefined && "path" in typedConfig ? `${name} ${typedConfig.path ?? ""}` : name;
}

/** What a format becomes in a file. */
function format(release: string, conf: FormatConf): unknown {
  const logger = lowered(release, { type: "File", file: { path: "/f", format: conf } });
  if (typeof logger === "string") return logger;
  return logger?.typedConfig !== undefined && "logFormat" in logger.typedConfig ? logger.typedConfig.logFormat : logger;
}

describe("of a backend counts", () => {
  const file = { path: "/f" };
  const tcp = { address: "a:1" };
  const openTelemetry = { endpoint: "o" };
  const named = { file: "envoy.access_loggers.file /f", tcp: "envoy.access_loggers.file /tmp/al.sock" };
  const otel = "envoy.access_loggers.open_telemetry";
  const without = "backend must have only one type defined: tcp, file, openTelemetry";

  it.each<[release: string, what: string, backend: Backend, outcome: string]>([
    ["2.0.8", "file before tcp", { tcp, file }, named.file],
    ["2.1.7", "tcp before file", { tcp, file }, named.tcp],
    ["2.1.7", "no OpenTelemetry", { openTelemetry }, "backend must have only one type defined: tcp, file"],
    ["2.10.11", "the first", { openTelemetry, file }, named.file],
    ["2.10.11", "nothing, and the proxy fails", {}, without],
    ["2.11.18", "the last", { tcp, file, openTelemetry }, otel],
    ["2.13.10", "the last", { file, tcp }, named.file],
    ["2.13.10", "nothing, and the logger is empty", {}, "nameless"],
    ["2.14.3", "what the type names", { type: "Tcp", tcp, file, openTelemetry }, named.tcp],
    ["main", "what the type names", { type: "OpenTelemetry", openTelemetry, file }, otel],
  ])("in Kuma %s %s", (release, _, backend, outcome) => {
    expect(outline(lowered(release, backend))).toBe(outcome);
  });

  it("an earlier body too, where it fails", () => {
    const broken = { tcp: { address: "a:1", format: { type: "Plain" } }, file } as const;
    expect(lowered("2.13.10", broken)).toBe("format must have only one type defined: plain, json");
  });
});

describe("a format becomes", () => {
  const text = (inlineString: string): object => ({ textFormatSource: { inlineString } });
  const both: FormatConf = { plain: "p", json: [{ key: "k", value: "v" }], omitEmptyValues: true };

  it.each<[release: string, conf: FormatConf, outcome: unknown]>([
    ["2.0.8", both, { jsonFormat: { k: "v" } }],
    ["2.1.7", both, { ...text("p\n"), omitEmptyValues: true }],
    ["2.0.8", { plain: "%KUMA_MESH%", json: [] }, text("default\n")],
    ["2.5.11", { plain: "%REQ(X-A)% %KUMA_NOPE%." }, text("%REQ(x-a)% .\n")],
    ["2.6.15", { plain: "%REQ(X-A)% %KUMA_NOPE%." }, text("%REQ(X-A)% %KUMA_NOPE%.\n")],
    ["2.5.11", { plain: "%GRPC_STATUS%" }, text("%CMD_GRPC_STATUS%\n")],
    ["2.13.10", { plain: "%KUMA_ZONE%" }, text("%KUMA_ZONE%\n")],
    ["2.14.0", { plain: "%KUMA_ZONE%" }, text("zone-1\n")],
    // A value is not looked at again by the old parser; the text has the newline in its error.
    [
      "2.5.11",
      { plain: "100%" },
      'invalid access log format string: 100%\n: format string is not valid: expected a command operator to start at position 4, instead got: "%\\n"',
    ],
    // Kuma reads a value that a later one with the same key replaces.
    [
      "2.5.11",
      { json: [{ key: "a", value: "%" }, { key: "a", value: "" }] }, // prettier-ignore
      'invalid access log format string: %: format string is not valid: expected a command operator to start at position 1, instead got: "%"',
    ],
    ["2.14.3", { json: [{ key: "a", value: "1" }, { key: "a", value: "2" }] }, { jsonFormat: { a: "2" } }], // prettier-ignore
  ])("in Kuma %s: %j", (release, conf, outcome) => {
    expect(format(release, conf)).toEqual(outcome);
  });
});

describe("an OpenTelemetry body that the old parser refuses", () => {
  const refusal =
    'invalid access log format string: %: format string is not valid: expected a command operator to start at position 1, instead got: "%"';

  it.each<[body: unknown, error: string]>([
    [{ stringValue: "%" }, `couldn't interpolate OTLP any value: ${refusal}`],
    [
      // The value before the key; a member that another one overrides does not count.
      { stringValue: "%x", kvlistValue: { values: [{ key: "%k", value: { stringValue: "%" } }] } },
      `couldn't interpolate OTLP any value: ${refusal}`,
    ],
    // The text is the JSON, in its quotes.
    [
      "%",
      'couldn\'t parse body as OTLP value or interpolate as string: invalid access log format string: "%": format string is not valid: expected a command operator to start at position 2, instead got: "%\\""',
    ],
  ])("%j fails the proxy", (body, error) => {
    expect(lowered("2.5.11", { openTelemetry: { endpoint: "o", body } })).toBe(error);
  });
});

it("what no proxy changes is shared by all", () => {
  const { http } = templates(
    { backends: [{ type: "File", file: { path: "/f", format: { type: "Plain", plain: "%PROTOCOL%" } } }] },
    profileOf("2.14.3"),
  );
  const [one, other] = [1, 2].map(() => loggerObjects([linkAll(http, { ...values, refuse: () => undefined })])[0]);
  expect(one?.typedConfig).toBe(other?.typedConfig);
});
