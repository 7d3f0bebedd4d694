import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

const quickstart = join(import.meta.dirname, "../../../../examples/quickstart/bundle");

describe("preview -e", () => {
  it("prints the line for sample traffic, with Kuma's values", () => {
    const { code, out } = meshlog(["preview", "-e", '%KUMA_MESH% "%REQ(:METHOD)% %REQ(:PATH)%" %RESPONSE_CODE%']);
    expect({ code, out }).toEqual({ code: 0, out: 'default "GET /cart?id=7" 200\n' });
  });

  it.each([
    ["http", "HTTP/1.1 200 - -"],
    ["grpc", "HTTP/2 200 - NotFound"],
    ["tcp", "- 0 - -"],
    ["tls", "HTTP/1.1 200 - -"],
    ["failure", "HTTP/1.1 503 UF,URX -"],
  ])("has traffic of its own: %s", (traffic, expected) => {
    const format = "%PROTOCOL% %RESPONSE_CODE% %RESPONSE_FLAGS% %GRPC_STATUS%";
    expect(meshlog(["preview", "-e", format, "--traffic", traffic]).out).toBe(`${expected}\n`);
  });

  it("prints as the Envoy does that is named", () => {
    const args = ["preview", "--json-format", "-e", '{"b": "%BYTES_SENT%", "a": "%REQ(nope)%"}', "--omit-empty"];
    expect(meshlog([...args, "--envoy", "1.40"]).out).toBe('{"b":1024}\n');
    expect(meshlog([...args, "--envoy", "1.38"]).out).toBe('{"a":null,"b":1024}\n');
    expect(meshlog(["preview", "-e", "%KUMA_MESH%", "--envoy", "1.38"])).toMatchObject({ code: 1, out: "" });
  });

  it("prints local times in the zone that is named", () => {
    const args = ["preview", "-e", "%START_TIME_LOCAL(%H:%M %Z)%"];
    expect(meshlog([...args, "--timezone", "America/New_York"]).out).toBe("19:35 EDT\n");
    expect(meshlog([...args, "--timezone", "Nowhere/Land"])).toMatchObject({ code: 2 });
  });

  it("says why there is no line", () => {
    expect(meshlog(["preview", "-e", "%PROTCOL%"])).toEqual({
      code: 1,
      out: "",
      error:
        '-e:1:1: error format/unknown-operator: There is no operator "PROTCOL". Envoy: Not supported field in StreamInfo: PROTCOL\n',
    });
  });

  it.each([[[]], [["-e", "x", quickstart]], [["-e", "x", "--traffic", "nope.yaml"]], [["-e", "x", "--json-format"]]])(
    "refuses to be called with %j",
    (args) => {
      expect(meshlog(["preview", ...args])).toMatchObject({ code: 2, out: "" });
    },
  );
});

describe("preview with a traffic file", () => {
  const preview = (content: string, format: string, name = "traffic.yaml"): ReturnType<typeof meshlog> => {
    const cwd = folderWith({ [name]: content });
    return meshlog(["preview", "-e", format, "--traffic", name], { cwd });
  };

  it("reads described traffic", () => {
    const traffic = `
protocol: HTTP/2
startTime: 2026-01-02T03:04:05.678+01:00
request: { headers: { ":path": /x, x-n: 5 } }
upstream: { host: "10.0.0.9:80" }
metadata: { route: { ns: { a: [1, true] } } }
`;
    const format =
      "%START_TIME% %REQ(X-N)% %UPSTREAM_REMOTE_PORT% %UPSTREAM_HOST_NAME% %METADATA(ROUTE:ns:a)% %REQ(none)%";
    expect(preview(traffic, format)).toEqual({
      code: 0,
      out: "2026-01-02T02:04:05.678Z 5 80 10.0.0.9:80 [1,true] -\n",
      error: "",
    });
  });

  it("reads bare facts, which need not be complete", () => {
    const facts = JSON.stringify({ facts: { "%REQ(x-a)%": "ÿ" }, factTexts: { "%REQ(x-a)%": { base64: "/w==" } } });
    expect(preview(facts, "<%REQ(X-A)%>", "facts.json").out).toBe("<\\xff>\n");
    expect(preview(facts, "%PROTOCOL%", "facts.json")).toMatchObject({
      code: 1,
      error: "-e:1:1: error io/missing-fact: What %PROTOCOL% prints is not among the facts.\n",
    });
  });

  it("reads facts that are given as texts alone, in YAML too", () => {
    expect(preview('factTexts: {"%REQ(x-a)%": "5"}', "<%REQ(X-A)%>")).toEqual({ code: 0, out: "<5>\n", error: "" });
  });

  it.each([
    ["protcol: HTTP/2", "1:1", 'there is no key "protcol" here'],
    ["request:\n  heders: {}", "2:3", 'there is no key "heders" here'],
    ["duration: long", "1:11", "it has to be a number"],
    ["startTime: yesterday", "1:12", "it has to be a time"],
    ["request: []", "1:10", "it has to be a map"],
    ["facts: {}\nother: 1", "2:1", 'there is no key "other" here'],
    ["- a", "1:1", "it has to be a map"],
  ])("refuses %j at %s", (content, place, problem) => {
    const { code, out, error } = preview(content, "x");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toContain(`traffic.yaml:${place}`);
    expect(error).toContain(problem);
  });
});

describe("preview --lines", () => {
  const answers = (rows: readonly unknown[], ...args: string[]): unknown[] => {
    const input = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");
    const { code, out } = meshlog(["preview", "--lines", ...args], { input });
    expect(code).toBe(0);
    return out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  };

  it("answers each line in order, as Envoy would write it", () => {
    const rows = [
      { format: "%PROTOCOL%" },
      { json: { b: "%RESPONSE_CODE%", a: ["%REQ(none)%"] } },
      { format: "<%REQ(none)%>", omitEmptyValues: true },
      { format: "%REQ(none)" },
      "no JSON",
      { format: "%KUMA_MESH%" },
      { format: "%KUMA_MESH%", kuma: true },
    ];
    expect(answers(rows, "--envoy", "1.40")).toEqual([
      { line: "HTTP/1.1" },
      { line: '{"a":[null],"b":200}' },
      { line: "<>" },
      { error: expect.any(String) as unknown },
      { error: expect.stringContaining("not JSON") as unknown },
      { error: expect.any(String) as unknown },
      { line: "kuma-value" },
    ]);
  });
});

describe("preview of policies", () => {
  it("prints a line for each logger of each item, with sample values", () => {
    const { code, out } = meshlog(["preview", quickstart]);
    expect(code).toBe(0);
    expect(out).toContain(
      '# default/incoming spec.rules[0] (inbound http) → /dev/stdout\ndefault INBOUND backend "GET /cart?id=7 HTTP/1.1" 200',
    );
  });

  it("prints the lines of a proxy with its values, as data too", () => {
    const { out } = meshlog(["preview", quickstart, "--dataplane", "demo-app-1", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      meshlog: 1,
      kuma: "2.14.3",
      lines: [{ proxy: "demo-app-1", context: "inbound http", line: expect.stringContaining("demo-app") as unknown }],
    });
    expect(meshlog(["preview", quickstart, "--dataplane", "nobody"])).toMatchObject({ code: 2 });
  });
});
