import fc from "fast-check";
import { load as loadByJsYaml } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { ScalarStyle } from "../../src/source/scalar-token.ts";
import { innermost, read, scalarAt } from "./read.ts";
import { scalarDocument } from "./scalar-documents.ts";

const styles: readonly ScalarStyle[] = ["plain", "single", "double", "literal", "folded"];

/** The source between two marks is that of the text between its marks: `plain: "a\t⟦%X%⟧"` and `a⟦%X%⟧`. */
function marked(text: string): { readonly text: string; readonly start: number; readonly end: number } {
  const start = text.indexOf("⟦");
  const end = text.indexOf("⟧") - 1;
  return { text: text.replace(/[⟦⟧]/g, ""), start, end };
}

describe("a wrong operator is underlined at its own characters", () => {
  it.each([
    ["plain", "k: a ⟦%X%⟧ b"],
    ["plain over two lines", "k: a\n  b\n\n  ⟦%X%⟧ c"],
    ["single quotes", "k: 'it''s ⟦%X%⟧'"],
    ["single quotes over two lines", "k: 'a \n  \t⟦%X%⟧'"],
    ["double quotes", 'k: "a\\t\\u00e9\\U0001F600⟦%X%⟧\\n"'],
    ["double quotes, escaped in itself", 'k: "a ⟦%\\x58%⟧"'],
    ["double quotes over an escaped line break", 'k: "a\\\n    ⟦%X%⟧"'],
    ["double quotes with blank lines after it", 'k: "a\\\n\n\n    ⟦%X%⟧"'],
    ["a literal block", "k: |\n  a\n   b ⟦%X%⟧\n"],
    ["a literal block of its own indentation", "k: |1-\n   a\n\n  ⟦%X%⟧"],
    ["a folded block", "k: > # why\n  a\n  b\n\n    c\n  ⟦%X%⟧\n"],
    ["a folded block that keeps its end", "k: >+\n\n  a\n  ⟦%X%⟧\n\n"],
    ["CRLF", "k: >-\r\n  a\r\n  b\r\n  ⟦%X%⟧\r\n"],
    ["a byte order mark", "\ufeffk: ⟦%X%⟧x".replace("k: ", "k: y")],
    ["astral characters", "k: 😀😀 ⟦%X%⟧"],
    ["JSON", '{"k": "\\"a\\" ⟦%X%⟧"}'],
    ["a second document", "a: 1\n---\nb: 2\n---\n- k: x ⟦%X%⟧".replace("- k", "k")],
  ])("%s", (_, source) => {
    const { text, start, end } = marked(source);
    const scalar = innermost(read(text).roots.at(-1));
    const at = scalar.text.indexOf("%X%");
    expect(scalar.sourceMap().spanToSource({ start: at, end: at + 3 })).toEqual({ start, end });
    expect(scalar.sourceMap().toText(start)).toBe(at);
  });
});

describe("a cursor in the source has its place in the text", () => {
  it.each([
    ['k: "a\\tb┆"', 3],
    ['k: "┆a"', 0],
    ['k: ┆"a"', undefined],
    ['k: "a"┆', undefined],
    ['k: "a┆', 1],
    ["k: |┆\n  a\n", undefined],
    ["k: |\n ┆ a\n", 0],
    ["k: |\n  a┆\n", 1],
    ["k: >\n  a\n┆  b\n", 2],
    ["k: 'a  ┆\n  b'", 1],
    ["k: a┆", 1],
  ])("%s", (source, offset) => {
    const at = source.indexOf("┆");
    const scalar = innermost(read(source.replace("┆", "")).roots[0]);
    expect(scalar.sourceMap().toText(at)).toBe(offset);
  });
});

describe.each(styles)("%s scalars of every shape", (style) => {
  const documents = scalarDocument(style);

  it("have the text that js-yaml gives them", () => {
    fc.assert(
      fc.property(documents, ({ text }) => {
        const ours = innermost(read(text).roots[0]);
        let theirs: unknown = loadByJsYaml(text);
        while (typeof theirs === "object" && theirs !== null && "k" in theirs) theirs = theirs.k;
        expect(ours.text).toBe(String(theirs));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it("change just there when the source changes where the map points", () => {
    fc.assert(
      fc.property(documents, fc.nat(), ({ text }, choice) => {
        const scalar = innermost(read(text).roots[0]);
        const letters = [...scalar.text.matchAll(/[a-z]/g)].map(({ index }) => index);
        const at = letters[choice % letters.length];
        fc.pre(at !== undefined);
        const { start, end } = scalar.sourceMap().spanToSource({ start: at, end: at + 1 });
        const changed = innermost(read(`${text.slice(0, start)}Z${text.slice(end)}`).roots[0]);
        expect(changed.text).toBe(`${scalar.text.slice(0, at)}Z${scalar.text.slice(at + 1)}`);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });

  it("map back and forth, and never backwards", () => {
    fc.assert(
      fc.property(documents, ({ text }) => {
        const scalar = innermost(read(text).roots[0]);
        const map = scalar.sourceMap();
        let last = 0;
        for (let offset = 0; offset < scalar.text.length; offset++) {
          const source = map.toSource(offset);
          expect(source).toBeGreaterThanOrEqual(last);
          expect(source).toBeLessThanOrEqual(scalar.end);
          last = source;
          // Halves of an escaped astral character share a place.
          const back = map.toText(source) ?? -1;
          expect(offset - back).toBe(/[\udc00-\udfff]/.test(scalar.text.charAt(offset)) ? offset - back : 0);
        }
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

it("an unfinished escape stands for itself", () => {
  expect(scalarAt('k: "%REQ(\\q%"', "k").text).toBe("%REQ(\\q%");
});
