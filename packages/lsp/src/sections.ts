import { itemAsDocument, splitDocuments, splitItems, splitList } from "@meshlog/compiler";
import { createSection, type Section } from "./section.ts";

/** A document of a file as sections: itself, or the items of the list that it is. */
export interface SplitDocument {
  readonly text: string;
  readonly sections: readonly Section[];
  /** What is around the items of a list. */
  readonly frame?: { readonly head: string; readonly tail: string; readonly indent: number };
}

/** A section, and where it starts in the file. */
export interface PlacedSection {
  readonly start: number;
  readonly section: Section;
}

/** How many characters at the start and at the end of a text are known to be those of the older one. */
export interface Unchanged {
  readonly prefix: number;
  readonly suffix: number;
}

/**
 * Splits a file into documents, taking over from an older version of it all that is still the same. What it costs is
 * the part that changed; where that is not known, a comparison of all of it.
 */
export function splitFile(
  uri: string,
  text: string,
  old: readonly SplitDocument[],
  unchanged: Unchanged | undefined,
): readonly SplitDocument[] {
  const { before, changed, after, replaced, start, end } = compare(old, text, unchanged);
  const [only] = replaced;
  const isOne = replaced.length === 1 && only !== undefined && unchanged !== undefined;
  const list = isOne ? typedInList(uri, changed, only, less(unchanged, start, end)) : undefined;
  if (list !== undefined) return [...before, list, ...after];
  const known = new Map(replaced.map((document) => [document.text, document]));
  const oldList = replaced.find(({ frame }) => frame !== undefined);
  const fresh = splitDocuments(changed).map((span) => {
    const part = changed.slice(span.start, span.end);
    return known.get(part) ?? splitDocument(uri, part, oldList);
  });
  return [...before, ...fresh, ...after];
}

/** A list in which something was typed that cannot part it in two; `undefined` if it was another edit. */
function typedInList(uri: string, text: string, list: SplitDocument, unchanged: Unchanged): SplitDocument | undefined {
  const { prefix, suffix } = unchanged;
  if (list.frame === undefined || prefix < list.frame.head.length || suffix < list.frame.tail.length) return undefined;
  const typed = text.slice(Math.max(0, prefix - 3), Math.max(prefix, text.length - suffix) + 3);
  return typed.includes("---") ? undefined : changeList(uri, text, list, unchanged);
}

/** The sections of a file, each with its place. */
export function placeSections(documents: readonly SplitDocument[]): readonly PlacedSection[] {
  const placed: PlacedSection[] = [];
  let start = 0;
  for (const { text, sections, frame } of documents) {
    let at = start + (frame?.head.length ?? 0);
    for (const section of sections) {
      placed.push({ start: at, section });
      at += section.text.length;
    }
    start += text.length;
  }
  return placed;
}

/** What is known of a text without its first and last characters. */
function less({ prefix, suffix }: Unchanged, start: number, end: number): Unchanged {
  return { prefix: Math.max(0, prefix - start), suffix: Math.max(0, suffix - end) };
}

function splitDocument(uri: string, text: string, list: SplitDocument | undefined): SplitDocument {
  const changed = list && changeList(uri, text, list, undefined);
  if (changed !== undefined) return changed;
  const split = splitList(text);
  if (split === undefined) {
    const own = copy(text);
    return { text: own, sections: [createSection(uri, own)] };
  }
  const { head, items, tail, indent } = split;
  return { text, sections: items.map((item) => itemSection(uri, item, indent)), frame: { head, tail, indent } };
}

/** A list after an edit within its items; `undefined` if it was another edit. */
function changeList(
  uri: string,
  text: string,
  { frame, sections }: SplitDocument,
  unchanged: Unchanged | undefined,
): SplitDocument | undefined {
  if (frame === undefined) return undefined;
  const { head, tail, indent } = frame;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return undefined;
  const known = unchanged && less(unchanged, head.length, tail.length);
  const { before, changed, after, replaced } = compare(
    sections,
    text.slice(head.length, text.length - tail.length),
    known,
  );
  const items = changed === "" && before.length > 0 ? [] : splitItems(changed, indent);
  if (items === undefined) return undefined;
  const byText = new Map(replaced.map((section) => [section.text, section]));
  const fresh = items.map((item) => byText.get(item) ?? itemSection(uri, copy(item), indent));
  return { text, sections: [...before, ...fresh, ...after], frame };
}

function itemSection(uri: string, item: string, indent: number): Section {
  return createSection(uri, item, (text) => itemAsDocument(text, indent));
}

interface Comparison<T> {
  readonly before: readonly T[];
  /** The characters before and after what changed. */
  readonly start: number;
  readonly end: number;
  /** The text between what is the same before and after it. */
  readonly changed: string;
  readonly after: readonly T[];
  /** The pieces that stood in place of the changed text. */
  readonly replaced: readonly T[];
}

/**
 * The pieces that a text still starts and ends with. Two on either side of the change count as changed too: where a
 * piece ends can depend on the one after it, and on whether the one before it is all comments and directives.
 */
function compare<T extends { readonly text: string }>(
  pieces: readonly T[],
  text: string,
  unchanged: Unchanged | undefined,
): Comparison<T> {
  const { prefix, suffix } = unchanged ?? { prefix: 0, suffix: 0 };
  const isSame = (piece: string, at: number): boolean => unchanged === undefined && text.startsWith(piece, at);
  let first = 0;
  let from = 0;
  for (const piece of pieces) {
    if (from + piece.text.length > prefix && !isSame(piece.text, from)) break;
    from += piece.text.length;
    first++;
  }
  for (let back = Math.min(2, first); back > 0; back--) from -= pieces[--first]?.text.length ?? 0;

  let last = pieces.length;
  let to = text.length;
  for (; last > first; last--) {
    const piece = pieces[last - 1]?.text ?? "";
    const at = to - piece.length;
    if (at < from || (text.length - at > suffix && !isSame(piece, at))) break;
    to = at;
  }
  for (let back = Math.min(2, pieces.length - last); back > 0; back--) to += pieces[last++]?.text.length ?? 0;
  return {
    before: pieces.slice(0, first),
    start: from,
    end: text.length - to,
    changed: text.slice(from, to),
    after: pieces.slice(last),
    replaced: pieces.slice(first, last),
  };
}

/** A text of its own: a part of a string keeps the whole string in memory, here one for every version of the file. */
function copy(text: string): string {
  return structuredClone(text);
}
