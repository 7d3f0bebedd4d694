import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemAsDocument, readResources, splitList } from "../../src/index.ts";
import { toJson } from "../../src/source/tree.ts";

const item = (name: string): string => `- type: Mesh\n  name: ${name}\n`;

describe("a list of resources is taken apart", () => {
  it.each([
    ["as kubectl prints it", `items:\n${item("a")}${item("b")}kind: List\n`],
    ["with its kind first", `kind: MeshList\nitems: # two\n\n${item("a")}${item("b")}`],
    ["indented", `items:\n    - type: Mesh\n      name: a\n# between\n    -\n      type: Mesh\n      name: b\n`],
    ["with scalars of several lines", `items:\n${item('"a\n\n   - b"')}${item("|\n    - c\n    - d\n")}`],
    ["in flow style, item by item", "items:\n- {type: Mesh,\n  name: a}\n- type: Mesh\r\n  name: b"],
  ])("%s", (_, text) => {
    const split = splitList(text);
    expect(split).toBeDefined();
    if (split === undefined) return;
    const { head, items, tail, indent } = split;
    expect(head + items.join("") + tail).toBe(text);
    expect(items.flatMap((one) => names(itemAsDocument(one, indent)))).toEqual(names(text));
  });

  it.each([
    ["one of another kind", `kind: Pod\nitems:\n${item("a")}`],
    ["one whose items come twice", `items:\n${item("a")}items:\n${item("b")}`],
    ["one in flow style", `items: [{type: Mesh, name: a}]\n`],
    ["one with an alias", `items:\n- &a\n  type: Mesh\n  name: a\n- *a\n`],
    ["one that ends before the file does", `items:\n${item("a")}...\n${item("b")}`],
    ["one whose head is broken", `a: "\nitems:\n${item("a")}`],
    ["one with a tab in the indentation", "items:\n- |\n  - type: Mesh\n  name: a\n\t\t"],
    ["one with a tab before an anchor", "items:\n-   \t &a |\n"],
    ["one with other things in it", `items:\nfoo: 1\n${item("a")}`],
  ])("but not %s", (_, text) => {
    expect(splitList(text)).toBeUndefined();
  });

  it("so that its items, read one by one, are what the whole is", () => {
    const piece = fc.constantFrom("items:\n", "kind: List\n", item("a"), item("b"), "- ", "  x: 1\n", "- x\n", "...\n", "\t", "'", "&a ", "*a", "|\n", "# c\n", "  ", " ", "\n", "\u2028"); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const whole = readResources({ path: "", text });
        const split = splitList(text);
        if (split === undefined || whole.diagnostics.length > 0) return;
        const items = split.items.map((one) => readResources({ path: "", text: itemAsDocument(one, split.indent) }));
        expect(items.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
        expect(items.flatMap(({ value }) => value.resources.map(({ node }) => toJson(node)))).toEqual(
          whole.value.resources.map(({ node }) => toJson(node)),
        );
      }),
      { numRuns: 3000, examples: [[["items:\n", "- x\n", "  ", "items:\n"]], [["items:\n", "- x\n", " items:\n"]]] },
    );
  });
});

function names(text: string): readonly string[] {
  return readResources({ path: "", text }).value.resources.map(({ name }) => name);
}
