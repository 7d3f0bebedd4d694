import { type MapNode, type Node, type Path, readResources, type Resource, type ScalarNode } from "@meshlog/compiler";
import type { Span } from "@meshlog/parser";
import type { Cursor } from "./cursor.ts";

/** A scalar in a resource, and the way to it. */
export interface PlacedNode {
  readonly node: Node;
  readonly at: Path;
  /** It is the key of an entry; `at` then ends with it. */
  readonly isKey: boolean;
  /** The maps and lists around it, from the resource inwards. */
  readonly around: readonly Node[];
}

/** What stands at an offset of a resource: the innermost node, and a key before its value. */
export function nodeAt(root: MapNode, offset: number): PlacedNode {
  const around: Node[] = [];
  let found: PlacedNode = { node: root, at: [], isKey: false, around: [] };
  for (;;) {
    const { node, at } = found;
    if (node.kind === "scalar") return found;
    around.push(node);
    const inside = childAt(node, at, offset);
    if (inside === undefined) return found;
    found = { ...inside, around: [...around] };
    if (inside.isKey) return found;
  }
}

type Child = Pick<PlacedNode, "node" | "at" | "isKey">;

function childAt(node: Exclude<Node, ScalarNode>, at: Path, offset: number): Child | undefined {
  const isIn = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  if (node.kind === "list") {
    const i = node.items.findIndex(({ value, alias }) => alias === undefined && isIn(value));
    const item = node.items[i];
    return item && { node: item.value, at: [...at, i], isKey: false };
  }
  for (const { key, name, value, alias, merge } of node.entries) {
    if (merge !== undefined) continue;
    if (isIn(key)) return { node: key, at: [...at, name], isKey: true };
    if (alias === undefined && isIn(value)) return { node: value, at: [...at, name], isKey: false };
  }
  return undefined;
}

/** A place where something can be written: a key or a value that may not be there yet. */
export interface WritePlace {
  readonly resource: Resource;
  /** Up to the field whose value is written, or to the map that gets a key. */
  readonly at: Path;
  readonly role: "key" | "value";
  /** The map that gets the key, or has the field. */
  readonly map: MapNode | undefined;
  /** What of the section is written anew. */
  readonly replaces: Span;
  /** What goes before anything that is written: the blank that a `:` lacks. */
  readonly glue: string;
  /** The scalar in a text in which a mark stands at the cursor. */
  readonly marked: ScalarNode;
  /** A `:` follows the key already. */
  readonly hasColon: boolean;
}

/** No word of a policy. */
const mark = "meshlog0cursor";

/** Finds out what belongs at the cursor: reads the section with a mark there. */
export function writePlaceAt({ placed, offset, document }: Cursor): WritePlace | undefined {
  const { text } = placed.section;
  const needsColon = isBareWord(text, offset);
  const glue = text[offset - 1] === ":" ? " " : "";
  const inserted = `${glue}${mark}${needsColon ? ":" : ""}`;
  const markedText = placed.section.asDocument(text.slice(0, offset) + inserted + text.slice(offset));
  const { resources, broken } = readResources({ path: document.uri, text: markedText }).value;
  const at = offset + glue.length;
  for (const resource of [...resources, ...broken]) {
    if (at < resource.node.start || at > resource.node.end) continue;
    const found = nodeAt(resource.node, at);
    const { node } = found;
    if (node.kind === "scalar" && node.text.includes(mark)) return writePlace(resource, found, node, needsColon, glue);
  }
  return undefined;
}

function writePlace(
  resource: Resource,
  { at, isKey, around }: PlacedNode,
  marked: ScalarNode,
  needsColon: boolean,
  glue: string,
): WritePlace {
  const inner = around.at(-1);
  const { contentStart, contentEnd, source, style } = marked;
  const start = contentStart - glue.length;
  const isFollowed = style !== "plain" || /^[ \t]*:/.test(source.slice(contentEnd, contentEnd + 80));
  return {
    resource,
    at: isKey ? at.slice(0, -1) : at,
    role: isKey ? "key" : "value",
    map: inner?.kind === "map" ? inner : undefined,
    replaces: { start, end: contentEnd - mark.length - glue.length },
    glue,
    marked,
    hasColon: !needsColon && isFollowed,
  };
}

/** Whether nothing but the beginning of a key, which has no `:` yet, stands in the line of an offset. */
function isBareWord(text: string, offset: number): boolean {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const lineEnd = /[\r\n]|$/.exec(text.slice(offset))?.index ?? 0;
  return (
    /^\s*(?:-\s+)*[\w./-]*$/.test(text.slice(lineStart, offset)) &&
    /^[\w./-]*\s*$/.test(text.slice(offset, offset + lineEnd))
  );
}
