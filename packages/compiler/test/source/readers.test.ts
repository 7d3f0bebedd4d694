import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvents } from "../../src/source/events-reader.ts";
import type { ScalarStyle } from "../../src/source/scalar-token.ts";
import { blockDocument, repeatingFile } from "./block-documents.ts";
import { blockAndOthers, both, knownAndFresh } from "./both-readers.ts";
import { randomDocument } from "./random-documents.ts";
import { scalarDocument } from "./scalar-documents.ts";

describe("both readers make the same tree", () => {
  it("of random maps and lists", () => {
    let compared = 0;
    fc.assert(
      fc.property(randomDocument, (text) => {
        const trees = both(text);
        if (trees === undefined) return;
        compared++;
        expect(trees[0]).toEqual(trees[1]);
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it.each<ScalarStyle>(["plain", "single", "double", "literal", "folded"])("of %s scalars of every shape", (style) => {
    fc.assert(
      fc.property(scalarDocument(style), ({ text }) => {
        const trees = both(text);
        if (trees) expect(trees[0]).toEqual(trees[1]);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });
});

describe("both readers know where it stands", () => {
  it.each([
    ["a tagged first key without a text", "!!binary :"],
    ["such a key in brackets", "{!!str : a}"],
    ["a last line of blanks, deeper than the content that is told", "- >2\n   \t\n   "],
    ["a last line of blanks as deep as the content that is kept", "k: |+\n  a\n  "],
  ])("%s", (_, text) => {
    const trees = both(text);
    expect(trees).toBeDefined();
    expect(trees?.[0]).toEqual(trees?.[1]);
  });
});

describe("the block reader", () => {
  it("makes the tree that the others make", () => {
    let compared = 0;
    fc.assert(
      fc.property(blockDocument, (text) => {
        const trees = blockAndOthers(text);
        if (trees === undefined) return;
        compared++;
        expect(trees[0]).toEqual(trees[1]);
      }),
      { numRuns: 3000, seed: 4 },
    );
    expect(compared).toBeGreaterThan(600);
  });

  it("makes the same trees of what stands several times in a file", () => {
    let repetitions = 0;
    fc.assert(
      fc.property(repeatingFile, (text) => {
        const { trees, repeated } = knownAndFresh(text);
        repetitions += repeated;
        expect(trees[0]).toEqual(trees[1]);
      }),
      { numRuns: 2000, seed: 5 },
    );
    expect(repetitions).toBeGreaterThan(1000);
  });

  it("reads the same characters in another column otherwise", () => {
    const key = "k".repeat(40);
    const child = `b:\n  ${key}:\n    c: 1\n`;
    const sibling = `b:\n    ${key}:\n    c: 1\n`;
    const { trees, repeated } = knownAndFresh([child, child, child, sibling].join("---\n"));
    expect(repeated).toBe(1);
    expect(trees[0]).toEqual(trees[1]);
  });

  it.each([
    "a: 1\nb:\n- c: 'd'\n  e:\n  - \"f\\n\"\n- g\n",
    "--- # why\n- a: b # c\n\n  # d\n  e:\n-\n- - x: -1\n",
    "  a.b: é\n",
    "a: |\n  b\n\n   c: # d\n\ne: >- # f\n    g\n    h\n\n# i\n",
    "- |+\n a\n\n- >\n\n  b\n  c",
    "a: |+\n  b\n  ",
    "a: []\nb: {} # c\n",
    "a: [b, 'c d', \"e\\n\", [], 1]\n",
    "a: { b: c, 'd': {e: [ f ]} }\n",
    "'a': b\n\"c d\":\n- 'e: f': g\n",
  ])("reads %j", (text) => {
    const trees = blockAndOthers(text);
    expect(trees?.[0]).toBeDefined();
    expect(trees?.[0]).toEqual(trees?.[1]);
  });

  it.each([
    "a",
    "a: b: c\n",
    "a: b\n c: d\n",
    "a: b\n  c\n",
    "a: 'b\n  c'\n",
    "a: |2\n  b\n",
    "a: |\n   \n  b\n",
    "a: |\nb: c\n",
    "a: |\n    b\n  c\n",
    "a: |# b\n  c\n",
    "a: &b c\n",
    "a: [b,\n  c]\n",
    "a: [b c]\n",
    "a: [b: c]\n",
    "a: {b}\n",
    "a: {b:c}\n",
    "a: {b: c, b: d}\n",
    "a: [b] c\n",
    "a: [b]#\n",
    "a: .inf\n",
    'a: "\\x41"\n',
    "'a''b': c\n",
    '"a\\n": b\n',
    "a: b\nc: d\na: e\n",
    "null: b\n",
    "<<: b\n",
    "a:\n  - b\n - c\n",
    "a: b\n...\n",
    "---#a: b\n",
    "a:\tb\n",
    "a: b\r\n",
    "a: \ud83d\ude00\n",
    "%YAML 1.1\n---\na: b\n",
    "# nothing\n",
    `${"- ".repeat(101)}a\n`,
    `a: ${"[".repeat(101)}${"]".repeat(101)}\n`,
  ])("leaves %j to the others", (text) => {
    expect(blockAndOthers(text)).toBeUndefined();
  });
});

describe("the line breaks of YAML 1.1", () => {
  it.each(["\r", "\u0085"])("are LF to both readers: %j", (lineBreak) => {
    fc.assert(
      fc.property(randomDocument, (text) => {
        const before = text.replaceAll("\r\n", "\n");
        const after = before.replaceAll("\n", lineBreak);
        const wanted = both(before);
        if (wanted) expect(both(after)).toEqual(wanted);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  it("stay in quotes where they are separators, and the blanks around them go", () => {
    const text = "k: 'a \u2028  %X%'\n";
    const [root] = readEvents(text, 0, text.length)?.map((builder) => builder.root) ?? [];
    const value = root?.kind === "map" ? root.get("k") : undefined;
    const scalar = value?.kind === "scalar" ? value : undefined;
    expect(scalar?.text).toBe("a\u2028%X%");
    expect(scalar?.sourceMap().spanToSource({ start: 2, end: 5 })).toEqual({ start: 9, end: 12 });
  });
});
