import { itemAsDocument, splitDocuments, splitItems, splitList } from "@meshlog/compiler";
import { applyEdit, type Edit, editedPieces } from "./edit.ts";
import { createPiece, type Piece } from "./piece.ts";
import { createSection, type Section } from "./section.ts";

/** A document of a file as sections: itself, or the items of the list that it is. */
export interface SplitDocument {
  readonly length: number;
  readonly sections: readonly Section[];
  readonly frame?: Frame;
}

/** What is around the items of a list. */
interface Frame {
  readonly head: Piece;
  readonly tail: Piece;
  /** The spaces before the `-` of each item. */
  readonly indent: number;
}

/** The text of a document. */
export function textOf({ sections, frame }: SplitDocument): string {
  return (frame?.head.text ?? "") + joined(sections) + (frame?.tail.text ?? "");
}

/** Splits a file into documents, and the lists among them into items. */
export function splitFile(uri: string, text: string): readonly SplitDocument[] {
  return splitAnew(uri, text, []);
}

/**
 * Splits a file after an edit, taking over all that it left as it was. What it costs is the part that changed, and a list
 * with a change around its items.
 */
export function editFile(uri: string, documents: readonly SplitDocument[], edit: Edit): readonly SplitDocument[] {
  return editInList(uri, documents, edit) ?? editDocuments(uri, documents, edit);
}

function editDocuments(uri: string, documents: readonly SplitDocument[], edit: Edit): readonly SplitDocument[] {
  const { before, replaced, after, start } = editedPieces(documents, ({ length }) => length, edit);
  const changed = applyEdit(replaced.map(textOf).join(""), edit, start);
  return before.concat(splitAnew(uri, changed, replaced), after);
}

/** Splits a text, taking over what of older documents has the same text. */
function splitAnew(uri: string, text: string, old: readonly SplitDocument[]): readonly SplitDocument[] {
  const documents = new Map(old.map((document) => [textOf(document), document]));
  const items = new Map<string, Section>();
  for (const { frame, sections } of old) {
    if (frame === undefined) continue;
    for (const section of sections) items.set(itemKey(section.text, frame.indent), section);
  }
  return splitDocuments(text).map(({ start, end }) => {
    const part = text.slice(start, end);
    return documents.get(part) ?? splitDocument(uri, part, items);
  });
}

function splitDocument(uri: string, text: string, items: ReadonlyMap<string, Section>): SplitDocument {
  const { length } = text;
  const list = splitList(text);
  if (list === undefined) return { length, sections: [createSection(uri, text)] };
  const { head, tail, indent } = list;
  return {
    length,
    sections: list.items.map((item) => items.get(itemKey(item, indent)) ?? itemSection(uri, item, indent)),
    frame: { head: createPiece(head), tail: createPiece(tail), indent },
  };
}

/** What is the same for items that are read alike. */
function itemKey(item: string, indent: number): string {
  return `${indent} ${item}`;
}

/** The documents after an edit within the items of a list that leaves it one; `undefined` if it was another edit. */
function editInList(
  uri: string,
  documents: readonly SplitDocument[],
  edit: Edit,
): readonly SplitDocument[] | undefined {
  let end = 0;
  const i = documents.findIndex(({ length }) => (end += length) >= edit.end);
  const document = documents[i];
  if (document === undefined) return undefined;
  const start = end - document.length;
  const inDocument = { ...edit, start: edit.start - start, end: edit.end - start };
  const list = editItems(uri, document, inDocument, i === documents.length - 1);
  return list && documents.with(i, list);
}

function editItems(
  uri: string,
  { length, sections, frame }: SplitDocument,
  edit: Edit,
  isLast: boolean,
): SplitDocument | undefined {
  if (frame === undefined) return undefined;
  const { head, tail, indent } = frame;
  const headLength = head.text.length;
  if (edit.start < headLength || edit.end > length - tail.text.length) return undefined;
  const among = { ...edit, start: edit.start - headLength, end: edit.end - headLength };
  const { before, replaced, after, start } = editedPieces(sections, ({ text }) => text.length, among);
  const changed = applyEdit(joined(replaced), among, start);
  const isEnd = isLast && tail.text === "";
  if (after.length === 0 && changed !== "" && !isEnd && !/[\r\n]$/.test(changed)) return undefined;
  const items = changed === "" && before.length > 0 ? [] : splitItems(changed, indent);
  if (items === undefined || splitDocuments(changed).length > 1) return undefined;
  const known = new Map(replaced.map((section) => [section.text, section]));
  const fresh = items.map((item) => known.get(item) ?? itemSection(uri, item, indent));
  return {
    length: length + edit.text.length - (edit.end - edit.start),
    sections: before.concat(fresh, after),
    frame,
  };
}

function itemSection(uri: string, item: string, indent: number): Section {
  return createSection(uri, item, (text) => itemAsDocument(text, indent));
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}
