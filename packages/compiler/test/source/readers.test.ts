import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvents } from "../../src/source/events-reader.ts";
import type { ScalarStyle } from "../../src/source/scalar-token.ts";
import { both } from "./both-readers.ts";
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
