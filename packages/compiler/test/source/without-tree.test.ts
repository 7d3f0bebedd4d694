import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readResourcesByPart } from "../../src/source/read-resources.ts";
import type { TextFile } from "../../src/source/source-file.ts";
import { keptWithoutTree, PartReader, withoutTree } from "../../src/source/without-tree.ts";
import { shape } from "./both-readers.ts";

const policy = (name: string): string => `  - { type: MeshAccessLog, mesh: default, name: ${name}, spec: { targetRef: { kind: Mesh } } }\n`; // prettier-ignore

/** A file that counts how often its text is asked for. */
function counted(text: string): { readonly file: TextFile; readonly reads: () => number } {
  let reads = 0;
  return {
    file: {
      path: "list.yaml",
      get text() {
        reads++;
        return text;
      },
    },
    reads: () => reads,
  };
}

/** How often a list is read when the trees of all its resources are looked at, twice. */
function readsOf(names: readonly string[]): number {
  const text = `items:\n${names.map(policy).join("")}`;
  const plain = { path: "list.yaml", text };
  const { file, reads } = counted(text);
  const reader = new PartReader();
  const resources = [...readResourcesByPart(plain)].flatMap((part) =>
    part.resources.map((resource) => withoutTree(resource, file, part, reader)),
  );
  expect(resources.map(({ name }) => name)).toEqual(names);
  for (const again of [...resources, ...resources]) expect(again.spec?.kind).toBe("map");
  return reads();
}

describe("a resource without its tree", () => {
  it("reads a list once for all the resources in it", () => {
    const names = Array.from({ length: 50 }, (_, i) => `p${i}`);
    expect(readsOf(names)).toBe(readsOf(["p0"]));
  });

  it("is what was read, whichever part was looked at before", () => {
    const file = { path: "two.yaml", text: ["a", "b"].map((name) => `type: MeshAccessLog\nmesh: default\nname: ${name}\nspec: {n: ${name}}\n`).join("---\n") }; // prettier-ignore
    const reader = new PartReader();
    const read = [...readResourcesByPart(file)].flatMap((part) =>
      part.resources.map((resource) => ({ resource, kept: withoutTree(resource, file, part, reader) })),
    );
    for (const { resource, kept } of [...read, ...read.toReversed()])
      expect(shape(kept.node)).toEqual(shape(resource.node));
  });

  it.each([withoutTree, keptWithoutTree])("holds none: %o", async (without) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const file = { path: "one.yaml", text: "type: MeshAccessLog\nmesh: default\nname: a\nspec: {n: a}\n" };
    const reader = new PartReader();
    const trees: WeakRef<object>[] = [];
    const kept = [...readResourcesByPart(file)].flatMap((part) =>
      part.resources.map((resource) => {
        trees.push(new WeakRef(resource.node));
        return without(resource, file, part, reader);
      }),
    );
    // What a reference was made to lives until the turn ends.
    await new Promise(setImmediate);
    collect();
    expect(trees.map((tree) => tree.deref())).toEqual([undefined]);
    expect(kept.map(({ spec }) => spec?.kind)).toEqual(["map"]);
  });
});
