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

/**
 * Splits a file into documents, taking over from an older version of it all that is still the same. What it costs is
 * the part that changed, and a comparison of memory for the rest.
 */
export function splitFile(uri: string, text: string, old: readonly SplitDocument[]): readonly SplitDocument[] {
  const { before, changed, after, replaced } = compare(old, text);
  const known = new Map(replaced.map((document) => [document.text, document]));
  const list = replaced.find(({ frame }) => frame !== undefined);
  const fresh = splitDocuments(changed).map(({ start, end }) => {
    const part = changed.slice(start, end);
    return known.get(part) ?? splitDocument(uri, part, list);
  });
  return [...before, ...fresh, ...after];
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

function splitDocument(uri: string, text: string, list: SplitDocument | undefined): SplitDocument {
  const changed = list && changeList(uri, text, list);
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
function changeList(uri: string, text: string, { frame, sections }: SplitDocument): SplitDocument | undefined {
  if (frame === undefined) return undefined;
  const { head, tail, indent } = frame;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return undefined;
  const { before, changed, after, replaced } = compare(sections, text.slice(head.length, text.length - tail.length));
  const items = changed === "" && before.length > 0 ? [] : splitItems(changed, indent);
  if (items === undefined) return undefined;
  const known = new Map(replaced.map((section) => [section.text, section]));
  const fresh = items.map((item) => known.get(item) ?? itemSection(uri, copy(item), indent));
  return { text, sections: [...before, ...fresh, ...after], frame };
}

function itemSection(uri: string, item: string, indent: number): Section {
  return createSection(uri, item, (text) => itemAsDocument(text, indent));
}

interface Comparison<T> {
  readonly before: readonly T[];
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
function compare<T extends { readonly text: string }>(pieces: readonly T[], text: string): Comparison<T> {
  let first = 0;
  let from = 0;
  for (const piece of pieces) {
    if (!text.startsWith(piece.text, from)) break;
    from += piece.text.length;
    first++;
  }
  for (let back = Math.min(2, first); back > 0; back--) from -= pieces[--first]?.text.length ?? 0;

  let last = pieces.length;
  let to = text.length;
  for (; last > first; last--) {
    const length = pieces[last - 1]?.text.length ?? 0;
    if (to - length < from || !text.startsWith(pieces[last - 1]?.text ?? "", to - length)) break;
    to -= length;
  }
  for (let back = Math.min(2, pieces.length - last); back > 0; back--) to += pieces[last++]?.text.length ?? 0;
  return {
    before: pieces.slice(0, first),
    changed: text.slice(from, to),
    after: pieces.slice(last),
    replaced: pieces.slice(first, last),
  };
}

/** A text of its own: a part of a string keeps the whole string in memory, here one for every version of the file. */
function copy(text: string): string {
  return structuredClone(text);
}
