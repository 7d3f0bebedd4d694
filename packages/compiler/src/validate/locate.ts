import type { Span } from "@meshlog/parser";
import type { MapEntry, MapNode, Node } from "../source/tree.ts";
import { foldName } from "./fold-name.ts";
import type { Path } from "./violation.ts";

/**
 * The place of a value in its resource: the scalar itself; the key, for a map or a list; and for what is not there the
 * key of the innermost value around it that is.
 */
export function locate(root: Node, at: Path): Span {
  let node: Node = root;
  let entry: MapEntry | undefined;
  for (const step of at) {
    if (node.kind === "map" && typeof step === "string") {
      const found: MapEntry | undefined = entryNamed(node, step);
      if (found === undefined) break;
      entry = found;
      node = found.value;
    } else if (node.kind === "list" && typeof step === "number") {
      const item: Node | undefined = node.items[step]?.value;
      if (item === undefined) break;
      entry = undefined;
      node = item;
    } else {
      break;
    }
  }
  if (node === root) return { start: root.start, end: firstLineEnd(root) };
  const { start, end } = entry === undefined ? markOf(node) : node.kind === "scalar" ? node : entry.key;
  return { start, end };
}

/** What an item of a list is shown by. */
function markOf(item: Node): Span {
  return item.kind === "map" ? (item.entries[0]?.key ?? item) : item;
}

/** A whole resource is too much to underline: its first key stands for it. */
function firstLineEnd(root: Node): number {
  return root.kind === "map" ? (root.entries[0]?.key.end ?? root.end) : root.end;
}

/** The entry of a field: its own, or else one that Go's decoder takes for it. */
function entryNamed(map: MapNode, name: string): MapEntry | undefined {
  return map.entry(name) ?? map.entries.findLast((entry) => foldName(entry.name) === foldName(name));
}
