import { defaultTarget } from "@meshlog/parser";
import { expect, it } from "vitest";
import { migrate } from "../../src/migrate/migrate.ts";
import { load } from "../../src/source/load.ts";
import { policy } from "./migrated.ts";

it("rewrites the only file that is asked for, and speaks of no other", () => {
  const from = "from:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}\n";
  const subset = "targetRef: {kind: MeshSubset, tags: {a: b}}\n";
  const files = ["a", "b"].map((name) => ({ path: `${name}.yaml`, content: policy(subset + from, name) }));
  const to = defaultTarget.members[0]?.kuma;
  if (to === undefined) throw new Error("no Kuma");
  const { value, diagnostics } = migrate(load(files).value, { from: to, to, only: "b.yaml" });
  expect(value.files.map(({ path }) => path)).toEqual(["b.yaml"]);
  expect(value.rewritten).toEqual(new Map([["`from`", 1]]));
  expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([["migrate/selects-by-tags", "b.yaml"]]);
});
