import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load } from "../../src/source/load.ts";
import { toJson } from "../../src/source/tree.ts";
import { read } from "./read.ts";

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("");
const codes = (text: string): readonly string[] => read(text).diagnostics.map(({ code }) => code);

/** `a0: [x, …]`, `a1: [*a0, …]`, …: ten to the power of `levels`. */
const bomb = (levels: number): string =>
  lines(
    levels,
    (i) => `a${i}: &a${i} [${Array.from({ length: 10 }, () => (i === 0 ? "x" : `*a${i - 1}`)).join(", ")}]\n`,
  );
const mergeBomb = `a0: &a0 {${lines(50, (i) => `k${i}: 1, `)}}\n${lines(
  400,
  (i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}, *a${i}], l${i}: 1}\n`,
)}`;

describe("a hostile document ends in a diagnostic", () => {
  it.each([
    ["an alias bomb", bomb(9), ["io/alias-bomb"]],
    ["an alias bomb of merge keys", mergeBomb, ["io/alias-bomb"]],
    ["10,000 lists in one line", "[".repeat(10_000) + "]".repeat(10_000), ["io/too-deep"]],
    ["10,000 maps in one line", "{a: ".repeat(10_000) + "}".repeat(10_000), ["io/too-deep"]],
    ["10,000 lists in blocks", `${"- ".repeat(10_000)}a`, ["io/too-deep"]],
    ["2,000 maps in blocks", lines(2000, (i) => `${" ".repeat(i)}a:\n`), ["io/too-deep"]],
    ["10,000 explicit keys", "? ".repeat(10_000), ["io/too-deep"]],
    [
      "depth through aliases",
      `a0: &a0 ${"[".repeat(99)}${"]".repeat(99)}\n${lines(9, (i) => `a${i + 1}: &a${i + 1} ${"[".repeat(99)}*a${i}${"]".repeat(99)}\n`)}`,
      ["io/too-deep"],
    ],
    ["brackets that never close", "[".repeat(400), ["io/yaml"]],
    ["NUL", "a: \0", ["io/not-text"]],
    ["a lone surrogate", "a: \ud800", ["io/yaml"]],
    ["tabs", "a:\n\t\tb: 1", ["io/yaml"]],
    ["a quote that never closes", `a: "${lines(10_000, () => "x y\n")}`, ["io/yaml"]],
  ])("%s", (_, text, expected) => {
    expect([...new Set(codes(text))]).toEqual(expected);
  });

  it("stays small where aliases are many but harmless", () => {
    const text = `a: &a {k: v}\nb: [${lines(5000, () => "*a, ")}]\n`;
    expect(codes(text)).toEqual([]);
  });
});

describe("a large document is read", () => {
  it.each([
    ["a plain scalar of 10 MB", `a: ${"x ".repeat(5_000_000)}`],
    ["a quoted scalar of 10 MB", `a: "${"\\t ".repeat(3_000_000)}"`],
    ["a folded scalar of 10 MB", `a: >\n${"  x\n".repeat(2_500_000)}`],
    ["100,000 keys", lines(100_000, (i) => `k${i}: 1\n`)],
    ["100,000 keys alike", lines(100_000, () => "k: 1\n")],
    ["100,000 items", `[${lines(100_000, () => "a,")}]`],
    ["100,000 entries without a value", `{${lines(100_000, (i) => `k${i},`)}}`],
    ["100,000 pairs in a list", `[${lines(100_000, () => "a: b,")}]`],
    ["100,000 documents", lines(100_000, () => "---\n")],
    ["1,000,000 comments", `a:\n${lines(1_000_000, () => "# c\n")}`],
  ])("%s", (_, text) => {
    expect(codes(text)).toEqual([]);
  });

  it("with as many findings as it has lines", () => {
    const count = 200_000;
    const text = `type: Mesh\nname: a\nk: {${lines(count, () => "a,")}}\n---\n${lines(count, (i) => `k${i}: *a\n`)}`;
    const { diagnostics } = load([{ path: "a.yaml", content: text }]);
    expect(diagnostics).toHaveLength(2 * count - 1);
  });

  it("without losing a character", () => {
    const scalar = "x".repeat(10_000_000);
    const [root] = read(`a: ${scalar}`).roots;
    expect(root && toJson(root)).toEqual({ a: scalar });
  });
});

it("no text makes it throw, and every diagnostic has a place in the text", () => {
  const piece = fc.constantFrom(
    ..."abk:-?[]{},&*!|>'\"%@`# \t\n\r\\~<0.1".split(""),
    ...[
      "\n  ",
      "\n- ",
      ": ",
      " #",
      "---\n",
      "...\n",
      "<<: ",
      "&a ",
      "*a",
      "!!int ",
      "|2\n",
      ">+\n",
      "\\u00",
      "{{",
      "\ufeff",
      "\0",
      "😀",
      "\ud800",
      "%YAML 1.2\n",
      "%TAG ! x\n",
      "type: Mesh\n",
      "\u2028",
      "\x85",
      "? ",
    ],
  );
  fc.assert(
    fc.property(fc.string({ unit: piece, maxLength: 40 }), (text) => {
      const { value, diagnostics } = load([{ path: "a.yaml", content: text }]);
      for (const { start, end } of diagnostics) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      for (const { node } of value.resources) toJson(node);
    }),
    { numRuns: 10_000, seed: 1 },
  );
});
