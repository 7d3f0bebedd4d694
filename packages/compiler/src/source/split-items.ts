import { readDocuments } from "./read-documents.ts";
import { isListWithoutItems } from "./resources.ts";

/** A document that is nothing but a list of resources (`kind: List`, `MeshAccessLogList`), taken apart. */
export interface SplitList {
  /** What stands before the items. */
  readonly head: string;
  /** From the line of its `-` to that of the next. */
  readonly items: readonly string[];
  /** What stands after them: kubectl writes `kind: List` there. */
  readonly tail: string;
  /** The spaces before each `-`. */
  readonly indent: number;
}

/**
 * Takes a list of resources apart, so that an editor reads only the item that is typed in. In a block list, every line
 * that begins with its indentation and a `-` starts an item, whatever stands in the item before it: YAML wants all that
 * belongs to an item indented more deeply.
 *
 * @returns `undefined` for any other document, and for one that cannot be taken apart with certainty.
 */
export function splitList(text: string): SplitList | undefined {
  const heading = /(?<![^\r\n])items:[ \t]*(?:#[^\r\n]*)?(?![^\r\n])/.exec(text);
  if (heading === null || rareBreak.test(text)) return undefined;
  const afterHeading = heading.index + heading[0].length;
  const firstItem = /(?<![^\r\n]) *-(?=[ \r\n]|$)/.exec(text.slice(afterHeading));
  if (firstItem === null) return undefined;
  const start = afterHeading + firstItem.index;
  const hasOther = /(?<![^\r\n])[ \t]*[^\s#]/.test(text.slice(afterHeading, start));
  if (hasOther) return undefined;

  const indent = firstItem[0].length - 1;
  const end = endOfItems(text, start, indent);
  const head = text.slice(0, start);
  const tail = text.slice(end);
  const items = splitItems(text.slice(start, end), indent);
  return items !== undefined && isFrame(head + tail) ? { head, items, tail, indent } : undefined;
}

/** The items of a part of a list that begins with one; `undefined` if something else than items may stand there. */
export function splitItems(text: string, indent: number): readonly string[] | undefined {
  if (endOfItems(text, 0, indent) < text.length || isUncertain(text)) return undefined;
  const dashes = new RegExp(`(?<![^\\r\\n]) {${indent}}-(?=[ \\r\\n]|$)`, "g");
  const starts = Array.from(text.matchAll(dashes), ({ index }) => index);
  if (starts[0] !== 0) return undefined;
  return starts.map((start, i) => text.slice(start, starts[i + 1] ?? text.length));
}

/** An item as a document of its own: a blank stands for its `-`, so that every offset stays what it was. */
export function itemAsDocument(item: string, indent: number): string {
  return " ".repeat(indent + 1) + item.slice(indent + 1);
}

/** The first line that is indented less than the items, or as much and is none of them. */
function endOfItems(text: string, start: number, indent: number): number {
  const less = indent === 0 ? "" : ` {0,${indent - 1}}|`;
  const ender = new RegExp(`(?<![^\\r\\n])(?:${less} {${indent}}(?!-(?:[ \\r\\n]|$)))(?=[^\\s#])`, "g");
  ender.lastIndex = start;
  return ender.exec(text)?.index ?? text.length;
}

/** Line breaks of YAML 1.1 that nobody writes: not worth taking a list apart at. */
const rareBreak = /[\u0085\u2028\u2029]/;

/**
 * The end of a document within it; a tab before what a line says, of which readers think this or that; an alias, whose
 * anchor may stand in another item; a rare line break.
 */
const isUncertain = (text: string): boolean =>
  /(?<![^\r\n])(?:\.\.\.|[ -]*\t)|[\s,[{]\*[^\s]/.test(text) || rareBreak.test(text);

/** Whether what is around the items is a list of resources whose items are still to come. */
function isFrame(text: string): boolean {
  const { value, diagnostics } = readDocuments({ path: "", text });
  const root = value.length === 1 ? value[0]?.root : undefined;
  return diagnostics.length === 0 && root?.kind === "map" && isListWithoutItems(root);
}
