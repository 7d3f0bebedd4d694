import { defaultTarget as newest } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import type { Diagnostic } from "../../src/diagnostics.ts";
import { load } from "../../src/source/load.ts";

const times = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("");

/** A policy with something as the format, the body or the whole list of backends. */
const head = "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n";
const plain = (scalar: string): string =>
  `${head}          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                plain: ${scalar}\n`;
const json = (fields: string): string =>
  `${head}          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Json\n                json:\n${fields}`;
const body = (value: string): string =>
  `${head}          - type: OpenTelemetry\n            openTelemetry:\n              endpoint: otel:4317\n              body: ${value}\n`;

function found(content: string | Uint8Array): readonly Diagnostic[] {
  const loaded = load([{ path: "a.yaml", content }]);
  return [...loaded.diagnostics, ...check(loaded.value, newest).diagnostics];
}

const bomb = `x0: &x0 [${"a,".repeat(10)}]\n${times(8, (i) => `x${i + 1}: &x${i + 1} [${`*x${i},`.repeat(10)}]\n`)}`;

describe("a hostile policy ends in a diagnostic", () => {
  it.each<[string, string | Uint8Array, readonly string[]]>([
    ["an alias bomb as body", `${bomb}${body("*x8")}`, ["io/alias-bomb"]],
    ["a body 10,000 deep", body(`${"[".repeat(10_000)}${"]".repeat(10_000)}`), ["io/too-deep"]],
    [
      "an AnyValue 10,000 deep",
      body(`${"{arrayValue: {values: [".repeat(3400)}${"]}}".repeat(3400)}`),
      ["io/too-deep"],
    ],
    ["a NUL in a format", plain('"\0"'), ["io/not-text"]],
    ["a lone surrogate in a format", plain('"\ud800"'), ["io/yaml"]],
    ["tabs before the format", plain("\n\t\t%PROTOCOL%"), ["io/yaml"]],
    [
      "bytes that are no UTF-8",
      new TextEncoder().encode(plain("é")).map((byte) => (byte === 0xc3 ? 0xff : byte)),
      ["io/not-text"],
    ],
    ["10 MB of percent signs", plain(`"${"%".repeat(10_000_001)}"`), ["format/stray-percent"]],
    ["10 MB in an operator", plain(`"%REQ(${"a".repeat(10_000_000)}"`), ["format/missing-parenthesis"]],
    ["10 MB of JSON as body", body(`'${"<".repeat(10_000_000)}'`), ["lint/body-not-any-value", "policy/deprecated"]],
    [
      "100,000 keys that are one",
      json(times(100_000, () => "                  - {key: a, value: '%PROTOCOL%'}\n")),
      ["lint/duplicate-field"],
    ],
  ])("%s", (_, content, expected) => {
    const codes = new Set(found(content).map(({ code }) => code));
    for (const code of expected) expect(codes).toContain(code);
  });
});

describe("a large policy is judged", () => {
  it.each([
    ["a format of 10 MB", plain(`"${"%PROTOCOL% ".repeat(900_000)}"`)],
    ["a format of 1 MB, folded", plain(`>-\n${`${" ".repeat(18)}%PROTOCOL%\n`.repeat(50_000)}`)],
    ["100,000 fields", json(times(100_000, (i) => `                  - {key: k${i}, value: '%PROTOCOL%'}\n`))],
    [
      "a body of 100,000 values",
      body(
        `\n                arrayValue:\n                  values: [${"{stringValue: '%PROTOCOL%'},".repeat(100_000)}]`,
      ),
    ],
  ])("%s", (_, content) => {
    expect(found(content).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("that an alias repeats 5,000 times, once", () => {
    const backend = "&b {type: File, file: {path: /dev/stdout, format: {type: Plain, plain: '%PROTCOL%'}}}";
    const content = `${head}          [${backend},${"*b,".repeat(5000)}]\n`;
    expect(found(content).map(({ code }) => code)).toEqual(["format/unknown-operator"]);
  });
});
