import { readFileSync } from "node:fs";
import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import type { Diagnostic } from "../../src/diagnostics.ts";
import type { AnyValue } from "../../src/envoy/messages.ts";
import { anyValueJson } from "../../src/lower/any-value.ts";
import { load } from "../../src/source/load.ts";
import { toJson } from "../../src/source/tree.ts";
import { goJson } from "../../src/validate/go-json.ts";
import { type BodyValue, readBody } from "../../src/validate/open-telemetry-body.ts";
import { rawJson } from "../../src/validate/raw-json.ts";

function found(backend: string, kuma = "2.14"): readonly Diagnostic[] {
  const releases = target(`kuma ${kuma}`).value;
  if (releases === undefined) throw new Error(kuma);
  const content = `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  to:\n    - targetRef: {kind: Mesh}\n      default:\n        backends:\n          - ${backend}\n`;
  return check(load([{ path: "a.yaml", content }]).value, releases).diagnostics;
}

/** What Envoy prints of each finding about a format. */
const quotes = (backend: string, kuma?: string): readonly (string | undefined)[] =>
  found(backend, kuma).flatMap(({ code, envoy }) => (code.startsWith("format/") ? [envoy?.message] : []));

const file = (format: string): string => `{type: File, file: {path: /dev/stdout, format: ${format}}}`;
const otel = (rest: string): string => `{type: OpenTelemetry, openTelemetry: {endpoint: "otel:4317", ${rest}}}`;

describe("Envoy's words are those for what it gets", () => {
  it("a text ends in the newline that Kuma appends", () => {
    expect(quotes(file("{type: Plain, plain: '%PROTOCOL'}"))).toEqual([
      "Incorrect configuration: %PROTOCOL\n. Couldn't find valid command at position 0",
    ]);
  });

  it("of a JSON format the first by key is printed, and no other", () => {
    const json = "[{key: b, value: '%SECOND%'}, {key: a, value: '%FIRST%'}]";
    expect(quotes(file(`{type: Json, json: ${json}}`))).toEqual([
      undefined,
      "Not supported field in StreamInfo: FIRST",
    ]);
  });

  it("a value whose key comes again is not read", () => {
    expect(quotes(file("{type: Json, json: [{key: a, value: '%NOPE%'}, {key: a, value: '%PROTOCOL%'}]}"))).toEqual([]);
  });

  it("the address of a TCP sink is a format, in which nothing is replaced, and comes first", () => {
    const backend = "{type: Tcp, tcp: {address: 'http://logs.com/%41', format: {type: Plain, plain: '%NOPE%'}}}";
    expect(quotes(backend)).toEqual([
      "Incorrect configuration: http://logs.com/%41. Couldn't find valid command at position 16",
      undefined,
    ]);
  });

  it("a body that is a text arrives as JSON, quotes and escapes with it", () => {
    expect(quotes(otel(`body: 'a "%"'`))).toEqual([
      String.raw`Incorrect configuration: "a \"%\"". Couldn't find valid command at position 5`,
    ]);
  });

  it("the body is read before the attributes; keys are not read at all", () => {
    const body = "{kvlistValue: {values: [{key: '%NOPE%', value: {stringValue: '%BODY%'}}]}}";
    expect(quotes(otel(`attributes: [{key: a, value: '%ATTRIBUTE%'}], body: ${body}`))).toEqual([
      undefined,
      "Not supported field in StreamInfo: BODY",
    ]);
  });

  it.each(["boolValue: true", "intValue: 5", "doubleValue: 1.5", "bytesValue: AA==", "arrayValue: {values: [{}]}"])(
    "Envoy takes no %s",
    (value) => {
      expect(quotes(otel(`body: {${value}}`))).toEqual([
        "Only string values, nested key value lists and array values are supported in OpenTelemetry access log format.",
      ]);
    },
  );

  it("attributes are interpolated from 2.14 on", () => {
    const backend = otel("attributes: [{key: a, value: '%KUMA_MESH%'}]");
    const [finding, ...others] = found(backend, "2.12..2.14").filter(({ code }) => code.startsWith("format/"));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: "format/unreplaced-kuma-operator",
      affects: ["2.12.14", "2.13.10"],
      envoy: { message: "Not supported field in StreamInfo: KUMA_MESH" },
    });
  });

  it("a format that Kuma up to 2.5 cannot read fails the proxy", () => {
    const [finding] = found(file("{type: Plain, plain: '%%'}"), "2.5").filter(({ code }) => code === "generate/format");
    expect(finding?.controlPlane?.message).toBe(
      'could not apply policy plugin meshaccesslog: invalid access log format string: %%\n: format string is not valid: expected a command operator to start at position 1, instead got: "%%\\n"',
    );
  });

  it("bodies of other releases are not theirs", () => {
    expect(quotes(otel("body: {intValue: 5}"), "2.3..2.4")).toHaveLength(1);
    expect(
      found(otel("body: {intValue: 5}"), "2.3..2.4").find(({ code }) => code.startsWith("format/"))?.affects,
    ).toEqual(["2.4.10"]);
  });
});

it("operators of HTTP have no value where a service of the bundle is plain TCP", () => {
  const releases = target("kuma 2.14").value;
  if (releases === undefined) throw new Error("no Kuma 2.14");
  const bundle = (protocol: string): string =>
    `type: MeshService\nname: db\nspec: {ports: [{port: 1, appProtocol: ${protocol}}]}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  to:\n    - targetRef: {kind: MeshService, name: db}\n      default: {backends: [${file("{type: Plain, plain: '%REQ(A)%'}")}]}\n`;
  const codes = (protocol: string): readonly string[] =>
    check(load([{ path: "a.yaml", content: bundle(protocol) }]).value, releases).diagnostics.map(({ code }) => code);
  expect(codes("tcp")).toEqual(["lint/protocol"]);
  expect(codes("http")).toEqual([]);
});

describe("a body is read here as it is lowered", () => {
  interface Vectors {
    readonly bodies: readonly { readonly body: string }[];
  }
  const path = new URL("../../../../conformance/kuma/otel-vectors.json", import.meta.url);
  const { bodies } = JSON.parse(readFileSync(path, "utf8")) as Vectors;

  it.each(bodies.map(({ body }) => body))("%s", (body) => {
    const [resource] = load([
      { path: "a.yaml", content: `{"type": "MeshAccessLog", "name": "a", "spec": {"body": ${body}}}` },
    ]).value.resources;
    const node = resource?.spec?.kind === "map" ? resource.spec.get("body") : undefined;
    if (node === undefined) throw new Error(body);
    const lowered = anyValueJson(toJson(node), true);
    // The member of a newer OTLP that no policy means (`string_value_strindex`) is one thing that only lowering knows.
    if (lowered !== undefined && "stringValueStrindex" in lowered) return;
    const read = readBody({ node, at: [] });
    switch (read.kind) {
      case "default":
        expect(lowered).toEqual({});
        break;
      case "raw":
        expect(lowered).toBeUndefined();
        expect(rawJson(node)?.text).toBe(goJson(toJson(node)));
        break;
      case "value":
        expect(shapeOf(lowered ?? {})).toEqual(shapeOfRead(read.value));
    }
  });

  /** The kinds and texts of a value, without what Envoy refuses all alike. */
  function shapeOf(value: AnyValue): unknown {
    if ("stringValue" in value) return value.stringValue;
    if ("arrayValue" in value) return (value.arrayValue.values ?? []).map(shapeOf);
    if ("kvlistValue" in value)
      return (value.kvlistValue.values ?? []).map(({ key, value: inner = {} }) => ({ key, value: shapeOf(inner) }));
    return "refused";
  }

  function shapeOfRead(value: BodyValue): unknown {
    switch (value.kind) {
      case "text":
        return value.node.text;
      case "refused":
        return "refused";
      case "list":
        return value.items.map(shapeOfRead);
      case "fields":
        return value.fields.map((field) => ({ key: field.key?.node.text, value: shapeOfRead(field.value) }));
    }
  }
});
