import { describe, expect, it } from "vitest";
import type { MapNode, Node } from "../../src/source/tree.ts";
import { json, read, rootMap } from "./read.ts";

/** Every node with the source of its span, outermost first. */
function spans(text: string): readonly string[] {
  const found: string[] = [];
  const walk = (node: Node): void => {
    found.push(text.slice(node.start, node.end));
    if (node.kind === "map") for (const { value } of node.entries) walk(value);
    if (node.kind === "list") for (const { value } of node.items) walk(value);
  };
  const [root] = read(text).roots;
  if (root) walk(root);
  return found;
}

describe("spans are those of the tokens", () => {
  it.each([
    ["a: 'x'\n", ["a: 'x'", "'x'"]],
    ['a: &x !!str "x" # c\n', ['a: &x !!str "x"', '"x"']],
    ["# c\na: | # | c\n  x\n\nb: 1\n", ["a: | # | c\n  x\n\nb: 1", "| # | c\n  x\n", "1"]],
    ["a|b: >-\n  x\n", ["a|b: >-\n  x\n", ">-\n  x\n"]],
    ["- a\n- \n- b: c\n", ["- a\n- \n- b: c", "a", "", "b: c", "c"]],
    ["[ a, {b: c, }, ] # d\n", ["[ a, {b: c, }, ]", "a", "{b: c, }", "c"]],
    ["a: {}\nb: []\n", ["a: {}\nb: []", "{}", "[]"]],
    ["a:\n  b:\n", ["a:\n  b:", "b:", ""]],
    ["[a: b]", ["[a: b]", "a: b", "b"]],
  ])("%j", (text, expected) => {
    expect(spans(text)).toEqual(expected);
  });

  it("puts an empty value after its colon, anchor and tag", () => {
    const text = "a: &x !!str \nb:\nc: 1\n";
    const [a, b] = rootMap(text).entries.map(({ value }) => value.start);
    expect([a, b]).toEqual([text.indexOf(" \nb"), text.indexOf("\nc")]);
  });
});

describe("a map", () => {
  it("gives the last value of a key that stands twice", () => {
    const map = rootMap("a: 1\nb: 2\na: 3\n");
    expect(map.get("a")).toMatchObject({ value: 3 });
    expect(map.entries.map(({ name }) => name)).toEqual(["a", "b", "a"]);
    expect([...map.fields().keys()]).toEqual(["a", "b"]);
  });

  it("has no fields but its own", () => {
    const map = rootMap("a: 1\n");
    expect(map.get("__proto__")).toBeUndefined();
    expect(map.get("constructor")).toBeUndefined();
  });

  it("becomes an object that inherits nothing", () => {
    const value = json("__proto__: {polluted: true}\nconstructor: 1\n");
    expect("toString" in (value as object)).toBe(false);
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("aliases and merge keys lead to the node of the anchor", () => {
  const text = "a: &a {k: v, l: w}\nb: *a\nc: [*a]\nd:\n  <<: *a\n  l: x\n";
  const map = rootMap(text);
  const anchored = map.get("a");

  it("shares the node and knows the place of the alias", () => {
    const b = map.entry("b");
    expect(b?.value).toBe(anchored);
    expect(b?.alias && text.slice(b.alias.start, b.alias.end)).toBe("*a");
    const c = map.get("c");
    expect(c?.kind === "list" && c.items[0]?.value).toBe(anchored);
  });

  it("gives the entries of the merged map, each with the place of its merge key", () => {
    const d = map.get("d");
    if (d?.kind !== "map" || anchored?.kind !== "map") throw new Error("no map");
    expect(d.entries.map(({ name, merge }) => [name, merge && text.slice(merge.start, merge.end)])).toEqual([
      ["k", "<<"],
      ["l", "<<"],
      ["l", undefined],
    ]);
    expect(d.get("k")).toBe(anchored.get("k"));
    expect(d.get("l")).toMatchObject({ text: "x" });
  });
});

describe("what stands several times in a file", () => {
  const block = "  at: [1, 2]\n  name: a name that is long enough to be compared\n";
  const [document] = read(`all:\n${`- k:\n${block.replaceAll(/^/gm, "  ").trimEnd()}\n`.repeat(4)}`).roots;
  const all = document?.kind === "map" ? document.get("all") : undefined;
  const maps = (all?.kind === "list" ? all.items : []).flatMap(({ value }) => {
    const map = value.kind === "map" ? value.get("k") : undefined;
    return map?.kind === "map" ? [map] : [];
  });

  it("has one original, and a place of its own", () => {
    expect(maps).toHaveLength(4);
    expect(new Set(maps.map(({ start }) => start)).size).toBe(4);
    expect(maps.at(-1)?.original).not.toBe(maps.at(-1));
    expect(maps.map(({ entries }) => entries.map(({ name }) => name))).toEqual(maps.map(() => ["at", "name"]));
  });

  it("is made something of once by each function", () => {
    const [last, before] = [maps[3], maps[2]];
    const made: MapNode[] = [];
    const one = (node: MapNode): object => ({ of: made.push(node) });
    const other = (node: MapNode): object => ({ other: made.push(node) });
    expect(last?.once(one)).toBe(before?.once(one));
    expect(last?.once(other)).toBe(last?.original.once(other));
    expect(last?.once(one)).toBe(before?.once(one));
    expect(made).toEqual([last?.original, last?.original]);
  });
});
