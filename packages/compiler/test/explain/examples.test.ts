import { check, defaultTarget, parse, render } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { type Example, exampleOf } from "../../src/explain/examples.ts";
import { difference } from "../../src/explain/run-example.ts";
import { type AnyCode, codes } from "../../src/explain/table.ts";
import { load } from "../../src/source/load.ts";

const examples = codes.flatMap((code): readonly { readonly code: AnyCode; readonly example: Example }[] => {
  const example = exampleOf(code);
  return "why" in example ? [] : [{ code, example }];
});

describe("there are releases in which the wrong input has the finding and the right one has not", () => {
  it.each(examples)("$code", ({ code, example }) => {
    expect(difference(code, example).isFound).toBe(true);
  });
});

/** How the diagnostics are met that no example can show. */
const met: Partial<Record<AnyCode, () => readonly { readonly code: string }[]>> = {
  "format/more": () => check(parse("% ".repeat(101)), defaultTarget).diagnostics,
  "io/missing-fact": () => render(parse("%PROTOCOL%"), { facts: {} }).diagnostics,
  "io/not-text": () => load([{ path: "a.yaml", content: new Uint8Array([0xff, 0xfe, 0x61, 0]) }]).diagnostics,
  "io/unusable-fact": () =>
    render(parse("%UNIQUE_ID%"), { facts: {}, factTexts: { "%UNIQUE_ID%": { base64: "?" } } }).diagnostics,
  "io/too-deep": () => load([{ path: "a.yaml", content: `a: ${"[".repeat(501)}${"]".repeat(501)}` }]).diagnostics,
};

describe("what no example can show is met all the same", () => {
  const without = codes.filter((code) => "why" in exampleOf(code));

  it("and is known", () => {
    expect(without).toEqual(Object.keys(met).sort());
  });

  it.each(without)("%s", (code) => {
    expect(met[code]?.().map((found) => found.code)).toContain(code);
  });
});
