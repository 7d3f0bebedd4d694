import type { TextEdit } from "@meshlog/parser";
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from "../../source/tree.ts";

/**
 * The edits of fixes that take whole entries out or put a value into another: only where the layout makes it safe (one
 * entry a line, no alias in between); elsewhere there is none.
 */

/** Takes an entry of a block map out, with its lines. */
export function removeEntry(map: MapNode, entry: MapEntry): TextEdit | undefined {
  const { source } = entry.key;
  const i = map.entries.indexOf(entry);
  if (i < 0 || entry.merge !== undefined || isFlow(map, source)) return undefined;
  const next = map.entries[i + 1];
  const start = ownLine(source, entry.key.start);
  if (start === undefined) return undefined;
  if (next !== undefined) {
    const end = ownLine(source, next.key.start);
    return end === undefined ? undefined : { start, end: beforeComments(source, start, end), text: "" };
  }
  return entry.alias === undefined && i > 0 ? { start, end: afterLine(source, entry.value.end), text: "" } : undefined;
}

/** Takes an item of a block list out that another one follows, by its index. */
export function removeItem(list: ListNode, i: number, source: string): TextEdit | undefined {
  const [item, next] = [list.items[i], list.items[i + 1]];
  if (item === undefined || next === undefined || isFlow(list, source)) return undefined;
  if (item.alias !== undefined || next.alias !== undefined) return undefined;
  const [start, end] = [dashLine(source, item.value.start), dashLine(source, next.value.start)];
  if (start === undefined || end === undefined) return undefined;
  return { start, end: beforeComments(source, start, end), text: "" };
}

/**
 * Where the comments begin that stand above the line of an offset: they belong to what follows, if they are not indented
 * more deeply than what is taken out, which begins at `start`.
 */
function beforeComments(source: string, start: number, end: number): number {
  const lines = source.slice(start, end).split(/(?<=\n)/);
  const column = lines[0]?.search(/\S/) ?? 0;
  let at = end;
  let first = end;
  for (const line of lines.slice(1).reverse()) {
    at -= line.length;
    const text = line.trim();
    if (text.startsWith("#") && line.search(/\S/) <= column) first = at;
    else if (text !== "") break;
  }
  return first;
}

function isFlow({ start }: Node, source: string): boolean {
  return source.charAt(start) === "{" || source.charAt(start) === "[";
}

/** The start of the line of an offset, if nothing but blanks stands before it there. */
function ownLine(source: string, offset: number): number | undefined {
  let start = offset;
  while (source.charAt(start - 1) === " ") start--;
  return start === 0 || "\r\n".includes(source.charAt(start - 1)) ? start : undefined;
}

/** The start of the line of the dash before a list's item. */
function dashLine(source: string, offset: number): number | undefined {
  let dash = offset - 1;
  while (source.charAt(dash) === " ") dash--;
  return source.charAt(dash) === "-" ? ownLine(source, dash) : undefined;
}

/** The end of the line of an offset, with its line break. */
function afterLine(source: string, offset: number): number {
  // A block scalar ends with the line break of its last line.
  if (offset > 0 && source.charAt(offset - 1) === "\n") return offset;
  const end = source.indexOf("\n", offset);
  return end < 0 ? source.length : end + 1;
}

/** Whether a scalar has an anchor or a tag before it, which an edit of the scalar would leave to what takes its place. */
export function hasProperties({ source, start, tag }: ScalarNode): boolean {
  if (tag !== undefined) return true;
  // eslint-disable-next-line regexp/no-super-linear-move -- it is of two hundred characters
  return /[&!][^\s,[\]{}]*\s+$/.test(source.slice(Math.max(0, start - 200), start));
}

/** Indents the lines from one offset to another by so much more; `undefined` if the first is not alone on its line. */
export function indentLines(source: string, from: number, to: number, blanks: string): readonly TextEdit[] | undefined {
  const first = ownLine(source, from);
  if (first === undefined) return undefined;
  const edits: TextEdit[] = [{ start: first, end: first, text: blanks }];
  for (let at = source.indexOf("\n", first); at >= 0 && at + 1 < to; at = source.indexOf("\n", at + 1)) {
    if (!"\r\n".includes(source.charAt(at + 1))) edits.push({ start: at + 1, end: at + 1, text: blanks });
  }
  return edits;
}
