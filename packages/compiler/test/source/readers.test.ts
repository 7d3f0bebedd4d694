import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvents } from "../../src/source/events-reader.ts";
import type { ScalarStyle } from "../../src/source/scalar-token.ts";
import type { Node } from "../../src/source/tree.ts";
import type { TreeBuilder } from "../../src/source/tree-builder.ts";
import { readTolerantly } from "../../src/source/yaml-reader.ts";
import { scalarDocument } from "./scalar-documents.ts";

/** A node with all that the readers hand over, without the file's text in every scalar. */
function shape(node: Node): unknown {
  const span = [node.start, node.end];
  switch (node.kind) {
    case "scalar": {
      return { ...node, source: undefined };
    }
    case "list":
      return [span, node.items.map(({ value, alias }) => [shape(value), alias])];
    case "map":
      return [
        span,
        node.entries.map(({ key, name, value, alias, merge }) => [name, shape(key), shape(value), alias, merge]),
      ];
  }
}

const shapes = (builders: readonly TreeBuilder[]): unknown =>
  builders.map(({ root, problems }) => [root && shape(root), problems]);

/** Both readers' trees; `undefined` for a text that one of them refuses. */
function both(text: string): readonly [unknown, unknown] | undefined {
  const events = readEvents(text, 0, text.length);
  if (events === undefined) return undefined;
  const tolerant = readTolerantly(text, 0, text.length);
  return tolerant.some(({ problems }) => problems.length > 0) ? undefined : [shapes(events), shapes(tolerant)];
}

const node = fc.letrec<{ node: string; block: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "1", "'b'", '"c\\n"', "", "*x", "&x d", "!!str 1", "{}", "[]", "&x", "a b"),
    fc.array(tie("node"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(fc.tuple(fc.constantFrom("k", "'l'", '"m"', "<<", "1"), tie("node")), { maxLength: 3 })
      .map((entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`),
  ),
  block: fc.oneof(
    { depthSize: "small" },
    tie("node").map((text) => ` ${text}`),
    fc.constantFrom(" |\n  a\n  b", " >-\n  a\n\n  b", " # comment\n  a", " &y\n  k: v", " !!map\n  k: v"),
    fc
      .array(tie("block"), { minLength: 1, maxLength: 3 })
      .map((items) => `\n${items.map((item) => indent(`-${item}`)).join("\n")}`),
    fc
      .array(fc.tuple(fc.constantFrom("k", "'l'", "? m\n", "<<", "&z n"), tie("block")), { minLength: 1, maxLength: 3 })
      .map((entries) => `\n${entries.map(([key, value]) => indent(`${key}:${value}`)).join("\n")}`),
  ),
}));

const indent = (text: string): string => text.replaceAll("\n", "\n  ");

const document = fc
  .tuple(node.block, fc.constantFrom("", "\ufeff", "# comment\n", "--- \n"), fc.boolean())
  .map(([text, before, crlf]) => {
    const lines = `${before}root:${indent(text)}\n`;
    return crlf ? lines.replaceAll("\n", "\r\n") : lines;
  });

describe("both readers make the same tree", () => {
  it("of random maps and lists", () => {
    let compared = 0;
    fc.assert(
      fc.property(document, (text) => {
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
      fc.property(document, (text) => {
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
