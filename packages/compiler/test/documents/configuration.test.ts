import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { codes, isAdvice } from "../../src/explain/table.ts";
import { readConfiguration } from "../../src/documents/configuration.ts";
import { readControlPlane } from "../../src/documents/control-plane.ts";
import { documentSchema } from "../../src/documents/schemas.ts";
import { indexLines, positionAt } from "../../src/source/positions.ts";

const full = `meshlog: 1
kuma: 2.10
envoy: 1.34..1.36
allPatches: true
controlPlane:
  zone: east
  metadata: { backend-1: { features: [feature-unified-resource-naming] } }
lints:
  lint/credentials: off
  lint/json-in-text: error
  policy/deprecated: info
overrides:
  - files: ["legacy/**"]
    lints: { lint/credentials: on }
ignore: [generated]
maxWarnings: 0
format: github
`;

/** What is wrong with a configuration, as `line:column problem`. */
function problemsOf(content: string): readonly string[] {
  const { diagnostics } = readConfiguration({ path: "meshlog.config.yaml", content });
  return diagnostics.map(({ start, message }) => {
    const { line, column } = positionAt(indexLines(content), start);
    return `${line}:${column} ${message.replace(/^This is no configuration of meshlog's: /, "")}`;
  });
}

describe("a configuration", () => {
  it("is read whole: a version as it is written, a word that YAML 1.1 has for false as a word", () => {
    const { value, diagnostics } = readConfiguration({ path: "meshlog.config.yaml", content: full });
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      kuma: "2.10",
      envoy: "1.34..1.36",
      controlPlane: { zone: "east" },
      lints: { "lint/credentials": "off", "lint/json-in-text": "error", "policy/deprecated": "info" },
      overrides: [{ files: ["legacy/**"], lints: { "lint/credentials": "on" } }],
      maxWarnings: 0,
      format: "github",
    });
  });

  it.each(["", "# nothing\n", "{}"])("may be empty: %j", (content) => {
    expect(readConfiguration({ path: "c.yaml", content })).toEqual({ value: {}, diagnostics: [] });
  });

  it.each<[string, string, string]>([
    ["a key that there is not", "kuma: 2.14\nlint: {}\n", '2:1 there is no key "lint" here; the keys are meshlog, '],
    ["a lint that there is not", "lints:\n  lint/credential: off\n", '2:3 there is no key "lint/credential" here; is "lint/credentials" meant?.'], // prettier-ignore
    ["an error of Envoy's", "lints:\n  format/unknown-operator: off\n", '2:3 there is no key "format/unknown-operator" here; '], // prettier-ignore
    ["a level that there is not", "lints:\n  lint/credentials: warn\n", "2:21 it has to be one of on, off, info, warning, error."], // prettier-ignore
    ["a release that there is not", "kuma: 2.99\n", "1:7 There is no Kuma 2.99"],
    ["a range that is none", "envoy: [1.38]\n", "1:8 it has to be a text."],
    ["a number that is none", "maxWarnings: -1\n", "1:14 it has to be a whole number."],
    ["a format that there is not", "format: xml\n", "1:9 it has to be one of pretty, compact, json, "],
    ["a key of the control plane", "controlPlane:\n  zones: a\n", '2:3 there is no key "zones" here; '],
    ["an override without files", "overrides:\n  - lints: {}\n", '2:5 the key "files" is missing or wrong.'],
    ["another version", "meshlog: 2\n", "1:10 the version of its format has to be 1."],
    ["a list", "- kuma\n", "1:1 it has to be a map with the keys "],
    ["two documents", "kuma: 2.14\n---\nkuma: 2.13\n", "2:1 a second document begins in it."],
    ["no YAML", "kuma: [\n", "2:1 Kuma cannot read this YAML: "],
  ])("is refused with its place for %s", (_, content, problem) => {
    const [first, ...more] = problemsOf(content);
    expect(first).toContain(problem);
    expect(more).toEqual([]);
    expect(readConfiguration({ path: "c.yaml", content }).value).toBeUndefined();
  });
});

describe("the published schema", () => {
  const ajv = new Ajv.default({ allowUnionTypes: true });
  const isConfiguration = ajv.compile(documentSchema("config"));
  const isControlPlane = ajv.compile(documentSchema("control-plane"));

  it("takes what is read", () => {
    isConfiguration(parse(full));
    expect(isConfiguration.errors ?? []).toEqual([]);
  });

  it.each([
    "lint: {}",
    "lints: {lint/x: off}",
    "lints: {lint/credentials: warn}",
    "format: xml",
    "maxWarnings: -1",
    "meshlog: 2",
    "overrides: [{lints: {}}]",
  ])("refuses what is refused: %s", (content) => {
    expect(problemsOf(content)).not.toEqual([]);
    expect(isConfiguration(parse(content))).toBe(false);
  });

  it("has each lint and warning, with what it is about", () => {
    const { properties } = documentSchema("config") as {
      readonly properties: { readonly lints: { readonly properties: object } };
    };
    expect(Object.keys(properties.lints.properties)).toEqual(codes.filter(isAdvice));
  });

  it("of a control plane takes and refuses what is taken and refused", () => {
    for (const content of [
      "{}",
      "zone: a\nlabels: computed\n",
      "metadata: {a: {workdir: /tmp}}",
      "outbounds: {a: [{address: 1.2.3.4, port: 80}]}",
    ]) {
      expect(readControlPlane({ path: "c.yaml", content }).diagnostics).toEqual([]);
      expect(isControlPlane(parse(content))).toBe(true);
    }
    for (const content of ["zones: a", "labels: some", "outbounds: {a: [{port: 80}]}"]) {
      expect(readControlPlane({ path: "c.yaml", content }).diagnostics).not.toEqual([]);
      expect(isControlPlane(parse(content))).toBe(false);
    }
  });

  it("is in its guide", () => {
    const guide = readFileSync(`${import.meta.dirname}/../../../../docs/configuration.md`, "utf8");
    const [, content = ""] = /```yaml\n(kuma: [^]*?)```/.exec(guide) ?? [];
    expect(problemsOf(content)).toEqual([]);
    expect(isConfiguration(parse(content))).toBe(true);
  });
});
