import type { Span } from "@meshlog/parser";
import { type Position, type Range, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type PlacedSection, placeSections, type SplitDocument, splitFile, type Unchanged } from "./sections.ts";

/** An open file, read as the language reads it: sections with resources, not lines. */
export interface PolicyDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** In the order of the file. */
  readonly sections: readonly PlacedSection[];
  offsetAt(position: Position): number;
  /** The range of a span whose offsets are counted from `start`. */
  rangeOf(span: Span, start?: number): Range;
  /** The section at an offset; where two meet it is the first. */
  sectionAt(offset: number): PlacedSection | undefined;
}

/** A file as it is opened. */
export function openDocument(uri: string, languageId: string, version: number, text: string): PolicyDocument {
  return new OpenDocument(TextDocument.create(uri, languageId, version, text));
}

/** A file after an edit; it takes over what the edit left as it was, and the old version is no more. */
export function changeDocument(
  document: PolicyDocument,
  changes: TextDocumentContentChangeEvent[],
  version: number,
): PolicyDocument {
  return document instanceof OpenDocument ? document.change(changes, version) : document;
}

class OpenDocument implements PolicyDocument {
  readonly uri: string;
  readonly version: number;
  readonly #text: TextDocument;
  /** Of this version, or of the newest before it that was read. */
  #documents: readonly SplitDocument[];
  /** What of this version is as it was in that one, if that is known. */
  #unchanged: Unchanged | undefined;
  #sections: readonly PlacedSection[] | undefined;

  constructor(text: TextDocument, documents: readonly SplitDocument[] = [], unchanged?: Unchanged) {
    this.uri = text.uri;
    this.version = text.version;
    this.#text = text;
    this.#documents = documents;
    this.#unchanged = unchanged;
  }

  get text(): string {
    return this.#text.getText();
  }

  get sections(): readonly PlacedSection[] {
    if (this.#sections === undefined) {
      this.#documents = splitFile(this.uri, this.text, this.#documents, this.#unchanged);
      this.#unchanged = { prefix: this.text.length, suffix: this.text.length };
      this.#sections = placeSections(this.#documents);
    }
    return this.#sections;
  }

  change(changes: TextDocumentContentChangeEvent[], version: number): PolicyDocument {
    let unchanged = this.#unchanged;
    let text = this.#text;
    for (const change of changes) {
      unchanged = unchanged && afterChange(unchanged, change, text);
      text = TextDocument.update(text, [change], version);
    }
    return new OpenDocument(text, this.#documents, unchanged);
  }

  offsetAt(position: Position): number {
    return this.#text.offsetAt(position);
  }

  rangeOf({ start, end }: Span, base = 0): Range {
    return { start: this.#text.positionAt(base + start), end: this.#text.positionAt(base + end) };
  }

  sectionAt(offset: number): PlacedSection | undefined {
    return this.sections.find(({ start, section }) => start <= offset && offset <= start + section.text.length);
  }
}

/** What of a text is still as it was, after one more change; `undefined` if the client sent the whole text. */
function afterChange(
  { prefix, suffix }: Unchanged,
  change: TextDocumentContentChangeEvent,
  text: TextDocument,
): Unchanged | undefined {
  if (!TextDocumentContentChangeEvent.isIncremental(change)) return undefined;
  const [from, to] = [text.offsetAt(change.range.start), text.offsetAt(change.range.end)];
  const after = text.getText().length - Math.max(from, to);
  return { prefix: Math.min(prefix, from, to), suffix: Math.min(suffix, after) };
}
