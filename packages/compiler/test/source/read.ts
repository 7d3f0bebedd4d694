import type { Diagnostic } from "../../src/diagnostics.ts";
import { readDocuments } from "../../src/source/read-documents.ts";
import { decodeFile } from "../../src/source/source-file.ts";
import { type Json, type MapNode, type Node, type ScalarNode, toJson } from "../../src/source/tree.ts";

/** The documents of a text, and what was found. */
export function read(text: string | Uint8Array): {
  readonly roots: readonly (Node | undefined)[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const decoded = decodeFile({ path: "a.yaml", content: text });
  if (decoded.diagnostics.length > 0) return { roots: [], diagnostics: decoded.diagnostics };
  const { value, diagnostics } = readDocuments(decoded.value);
  return { roots: value.map(({ root }) => root), diagnostics };
}

/** The plain value of a text's only document. */
export function json(text: string): Json | undefined {
  const [root] = read(text).roots;
  return root && toJson(root);
}

/** The root of a text's only document, which must be a map. */
export function rootMap(text: string): MapNode {
  const [root] = read(text).roots;
  if (root?.kind !== "map") throw new Error(`no map: ${text}`);
  return root;
}

/** The scalar that a path of keys leads to. */
export function scalarAt(text: string, ...path: readonly string[]): ScalarNode {
  let node: Node | undefined = rootMap(text);
  for (const key of path) node = node?.kind === "map" ? node.get(key) : undefined;
  if (node?.kind !== "scalar") throw new Error(`no scalar at ${path.join(".")}: ${text}`);
  return node;
}

/** The innermost scalar under keys `k` and in lists of one item. */
export function innermost(root: Node | undefined): ScalarNode {
  let node = root;
  while (node && node.kind !== "scalar") node = node.kind === "map" ? node.get("k") : node.items[0]?.value;
  if (node === undefined) throw new Error("no scalar under k");
  return node;
}

/** What a diagnostic says and where, in one line: `io/yaml 3:5 …`. */
export function shown(text: string, { code, start, message }: Diagnostic): string {
  const before = text.slice(0, start).split("\n");
  return `${code} ${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${message}`;
}
