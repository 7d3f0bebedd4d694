import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlain, quote, replaceInScalar } from "../../src/source/encode-scalar.ts";
import type { ScalarStyle } from "../../src/source/scalar-token.ts";
import { innermost, json, read } from "./read.ts";
import { scalarDocument } from "./scalar-documents.ts";

/** The file after `insert` was put where `┆` is, in the scalar under `k`. */
function inserted(source: string, insert: string): string {
  const text = source.replace("┆", "");
  const scalar = innermost(read(text).roots[0]);
  const offset = scalar.sourceMap().toText(source.indexOf("┆")) ?? 0;
  const edit = replaceInScalar(scalar, { start: offset, end: offset }, insert);
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe("an inserted text is written in the style it lands in", () => {
  it.each([
    ["k: a ┆ b", "%X%", "k: a %X% b"],
    ["k: 'a ┆ b'", "it's", "k: 'a it''s b'"],
    ['k: "a\\t┆ b"', 'a "b" \\', 'k: "a\\ta \\"b\\" \\\\ b"'],
    ["k: |\n  a ┆\n", "b'\"\nc", "k: |\n  a b'\"\n  c\n"],
    ["k: |\r\n  a ┆\r\n", "b\nc", "k: |\r\n  a b\r\n  c\r\n"],
    ["k: >\n  a┆\n", "b", "k: >\n  ab\n"],
    ['{"k": "┆"}', '"', '{"k": "\\""}'],
    ["k: 'a┆", "b", "k: 'ab"],
  ])("%j + %j", (source, insert, expected) => {
    expect(inserted(source, insert)).toBe(expected);
  });
});

describe("the whole is quoted where its style cannot hold the text", () => {
  it.each([
    ["k: ┆a", "%X%", "k: '%X%a'"],
    ["k: %┆", "X%", "k: '%X%'"],
    ["k: a┆", ": b", "k: 'a: b'"],
    ["k: a┆", "\n", 'k: "a\\n"'],
    ["k: 'a┆'", "\t\n", 'k: "a\\t\\n"'],
    ["k: 1┆", "2", "k: '12'"],
    ["k: [a┆]", ", b", "k: ['a, b']"],
    ["k:┆", "%X%", "k: '%X%'"],
    ["k: |\n  ┆a\nb: 1\n", "\x01", 'k: "\\x01a\\n"\nb: 1\n'],
  ])("%j + %j", (source, insert, expected) => {
    expect(inserted(source, insert)).toBe(expected);
  });
});

it.each([
  ["a b", true],
  ["a,b", false],
  ["12", false],
  ["yes", false],
  ["-", false],
  ["-a", true],
  ["a #b", false],
  ["a:", false],
  ["a:b", true],
  ["%A%", false],
  ["", false],
  ["<<", false],
  [" a", false],
])("%j stands without quotes: %s", (text, expected) => {
  expect(isPlain(text)).toBe(expected);
});

const texts = fc.string({ unit: "binary", maxLength: 12 });

it("a quoted text is read as itself", () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(json(`k: ${quote(text)}\n`)).toEqual({ k: text });
    }),
    { numRuns: 2000, seed: 1 },
  );
});

it("a plain text is read as itself", () => {
  const almostPlain = fc.string({ unit: fc.constantFrom(...Array.from("ab1-?:,#&*!|>'\"%@` .~=<")) });
  fc.assert(
    fc.property(almostPlain, (text) => {
      fc.pre(isPlain(text));
      expect(json(`k: ${text}\n`)).toEqual({ k: text });
      expect(json(`{k: ${text}}`)).toEqual({ k: text });
    }),
    { numRuns: 3000, seed: 2 },
  );
});

/** Without the only letter of its first line, a scalar begins with a blank line that is longer than those after it. */
const longBlankLine: [{ style: ScalarStyle; text: string }, number, number, string] = [
  { style: "literal", text: "k: |\n\n\n a \n b\n" },
  2,
  1,
  "",
];

describe.each<ScalarStyle>(["plain", "single", "double", "literal", "folded"])(
  "in %s scalars of every shape",
  (style) => {
    it("the text afterwards is the one that was meant, and nothing else changes", () => {
      const inserts = fc.oneof(
        fc.constantFrom("%X%", "'", '"', "\\", ": ", " #", "\n", "  ", "a\n b", "", "\n\n"),
        texts,
      );
      fc.assert(
        fc.property(scalarDocument(style), fc.nat(), fc.nat({ max: 3 }), inserts, ({ text }, at, length, insert) => {
          const scalar = innermost(read(text).roots[0]);
          const [start, end] = wholeCharacters(scalar.text, at % (scalar.text.length + 1), length);
          const edit = replaceInScalar(scalar, { start, end }, insert);
          const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
          const { roots, diagnostics } = read(after);
          expect(diagnostics).toEqual([]);
          expect(innermost(roots[0]).text).toBe(scalar.text.slice(0, start) + insert + scalar.text.slice(end));
          const rest = (source: string): unknown =>
            JSON.parse(
              JSON.stringify(json(source), (key, value: unknown) =>
                key === "k" && typeof value !== "object" ? 0 : value,
              ),
            );
          expect(rest(after)).toEqual(rest(text));
        }),
        { numRuns: 1500, seed: 3, examples: style === "literal" ? [longBlankLine] : [] },
      );
    });
  },
);

/** A span that cuts no surrogate pair. */
function wholeCharacters(text: string, at: number, length: number): readonly [number, number] {
  const aligned = (offset: number): number => (/[\udc00-\udfff]/.test(text.charAt(offset)) ? offset - 1 : offset);
  return [aligned(at), aligned(Math.min(text.length, at + length))];
}
