import { readdirSync, readFileSync } from "node:fs";
import { defaultTarget, type Target, target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.ts";
import type { Diagnostic } from "../../../src/diagnostics.ts";
import { defaultFormats } from "../../../src/kuma/default-formats.ts";
import { load } from "../../../src/source/load.ts";

const everyLine = target("kuma 2.0..2.14, main").value ?? defaultTarget;

function found(content: string, releases: Target = defaultTarget): readonly Diagnostic[] {
  return check(load([{ path: "a.yaml", content }]).value, releases).diagnostics;
}

/** What is found of a spec, with the releases that it holds for. */
function lines(spec: string, code: string): readonly string[] | undefined {
  const content = `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n${spec.replaceAll(/^/gm, "  ")}\n`;
  return found(content, everyLine).find((finding) => finding.code === code)?.affects;
}

const to = (backend: string): string => `to:\n  - targetRef: {kind: Mesh}\n    default: {backends: [${backend}]}`;

describe("good input", () => {
  it.each(Object.entries(defaultFormats))("nothing is said of Kuma's default format for %s", (_, format) => {
    const backend = `{type: File, file: {path: /dev/stdout, format: {type: Plain, plain: ${JSON.stringify(format)}}}}`;
    expect(found(`type: MeshAccessLog\nname: a\nspec:\n  ${to(backend).replaceAll("\n", "\n  ")}\n`)).toEqual([]);
  });

  it("nothing is said of the quick start", () => {
    const folder = new URL("../../../../../examples/quickstart/bundle/", import.meta.url);
    const files = readdirSync(folder).map((path) => ({ path, content: readFileSync(new URL(path, folder)) }));
    expect(check(load(files).value, defaultTarget).diagnostics).toEqual([]);
  });

  it("a folder of policies alone says nothing of what they refer to", () => {
    const targetRef = "{kind: MeshService, name: backend}";
    const conf = "{backends: [{type: File, file: {path: /dev/stdout}}]}";
    expect(found(`type: MeshAccessLog\nname: a\nspec: {to: [{targetRef: ${targetRef}, default: ${conf}}]}`)).toEqual(
      [],
    );
  });
});

describe("a lint holds for the releases that it is true of", () => {
  const attributes = "{type: OpenTelemetry, openTelemetry: {endpoint: 'a:1', attributes: [{key: '%NO%', value: x}]}}";
  const omitting = (format: string): string =>
    `{type: File, file: {path: /dev/stdout, format: {${format}, omitEmptyValues: true}}}`;

  it.each<[string, string, string, readonly string[]]>([
    [
      "an OpenTelemetry body that is a text",
      to("{type: OpenTelemetry, openTelemetry: {endpoint: 'a:1', body: x}}"),
      "lint/body-not-any-value",
      "2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13 2.14 main".split(" "),
    ],
    [
      "an operator in the key of an attribute",
      to(attributes),
      "lint/operator-in-key",
      "2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13".split(" "),
    ],
    [
      "omitEmptyValues of a text",
      to(omitting("type: Plain, plain: '%PROTOCOL%'")),
      "lint/omit-empty-text",
      "2.0 2.1 2.2 2.3 2.4 2.5".split(" "),
    ],
    [
      "an endpoint with IPv6",
      to("{type: OpenTelemetry, openTelemetry: {endpoint: '[::1]:4317'}}"),
      "lint/endpoint",
      "2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13".split(" "),
    ],
    [
      "a bare IPv6 endpoint",
      to("{type: OpenTelemetry, openTelemetry: {endpoint: '::1'}}"),
      "generate/endpoint",
      "2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13".split(" "),
    ],
    [
      "another body than `type` names",
      to("{type: File, file: {path: /a}, tcp: {address: 'a.b:1'}}"),
      "lint/other-backend",
      "2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10".split(" "),
    ],
    [
      "a rule without a format's member",
      "rules:\n  - default: {backends: [{type: File, file: {path: /a, format: {type: Plain}}}]}",
      "generate/format-member",
      ["2.10", "2.11", "2.12", "2.13"],
    ],
    ["a rule without a body", "rules:\n  - default: {backends: [{type: File}]}", "generate/backend", ["2.10"]],
    [
      "the same, where Envoy refuses it",
      "rules:\n  - default: {backends: [{type: File}]}",
      "format/empty-logger",
      ["2.11", "2.12", "2.13"],
    ],
    [
      "`from`",
      "from:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}",
      "lint/removed-field",
      ["2.10", "2.11", "2.12", "2.13", "2.14"],
    ],
    ["a rule without backends", "rules:\n  - default: {backends: []}", "lint/cancels-nothing", ["2.14", "main"]],
  ])("%s", (_, spec, code, expected) => {
    expect(lines(spec, code)?.map((name) => /^(?:\d+\.\d+|main)/.exec(name)?.[0])).toEqual(expected);
  });

  it("a record of a TCP sink ends twice up to 2.10", () => {
    const spec = to("{type: Tcp, tcp: {address: 'a.b:1'}}");
    expect(lines(spec, "lint/known-defect")?.at(-1)).toMatch(/^2\.10\./);
  });
});

it("what Kuma refuses stands first, the rest in the order of the file", () => {
  const backend = '{type: File, file: {path: relative, format: {type: Plain, plain: "%PROTCOL%\\n"}}}';
  const all = found(`type: MeshAccessLog\nname: a\nspec:\n  ${to(backend).replaceAll("\n", "\n  ")}\n`);
  expect(all.map(({ code }) => code)).toEqual(["policy/invalid", "format/unknown-operator", "lint/trailing-newline"]);
});

describe("a reference by labels dangles", () => {
  const bundle = (labels: string): string =>
    `type: MeshService\nname: web\nlabels: {team: a}\nspec: {}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  to:\n    - targetRef: {kind: MeshService, labels: ${labels}}\n      default: {backends: [{type: File, file: {path: /dev/stdout}}]}\n`;
  const codes = (labels: string): readonly string[] => found(bundle(labels)).map(({ code }) => code);

  it.each(["{team: b}", "{kuma.io/display-name: db}", "{team: a, kuma.io/display-name: db}"])("%s", (labels) => {
    expect(codes(labels)).toEqual(["lint/dangling-target"]);
  });

  it.each(["{team: a}", "{kuma.io/display-name: web}", "{team: a, kuma.io/zone: east}"])("but not %s", (labels) => {
    expect(codes(labels)).toEqual([]);
  });
});

describe("what an alias repeats", () => {
  const formats = {
    "a text": '{type: Plain, plain: "%KUMA_SOURCE_ADDRESS%"}',
    fields: '{type: Json, json: [{key: a, value: "%KUMA_SOURCE_ADDRESS%"}]}',
  };
  const shared = (first: string, then: string, format: string): readonly (string | undefined)[] => {
    const backend = `{type: File, file: {path: /tmp/a, format: ${format}}}`;
    const item = (conf: string): string => `[{targetRef: {kind: Mesh}, default: ${conf}}]`;
    const spec = `${first}: ${item(`&conf {backends: [${backend}]}`)}, ${then}: ${item("*conf")}`;
    return found(`type: MeshAccessLog\nname: a\nspec: {${spec}}\n`, target("kuma 2.8").value ?? defaultTarget)
      .filter(({ code }) => code === "lint/source-address-inbound")
      .map(({ path }) => path);
  };

  it.each(Object.entries(formats))("is said of the list that has it first, once: %s", (_, format) => {
    expect(shared("to", "from", format)).toEqual([]);
    expect(shared("from", "rules", format)).toHaveLength(1);
  });
});
