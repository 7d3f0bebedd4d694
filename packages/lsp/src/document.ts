import type { Span } from "@meshlog/parser";
import { type Position, type Range, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { type Edit, editBetween } from "./edit.ts";
import {
  layOut,
  type Layout,
  lineAt,
  offsetAt,
  type PlacedSection,
  positionAt,
  sectionAt,
  sectionsIn,
} from "./layout.ts";
import { editFile, type SplitDocument, splitFile, textOf } from "./sections.ts";

/** An open file, read as the language reads it: sections with resources, not lines. */
export interface PolicyDocument {
  readonly uri: string;
  readonly version: number;
  /** All of it; put together when asked for. */
  readonly text: string;
  /** It has no NUL, which no text has. */
  readonly isText: boolean;
  /** Whether comments may stand in it that silence findings. */
  readonly mayHoldSuppressions: boolean;
  /** Whether any section names a kind of Kuma's. */
  readonly isKumas: boolean;
  /** In the order of the file; they are placed anew each time, for most edits move most of them. */
  readonly sections: Iterable<PlacedSection>;
  offsetAt(position: Position): number;
  /** The line of an offset, from 0. */
  lineAt(offset: number): number;
  /** The range of a span whose offsets are counted from `start`. */
  rangeOf(span: Span, start?: number): Range;
  /** The section at an offset; where two meet it is the first. */
  sectionAt(offset: number): PlacedSection | undefined;
}

/** A file as it is opened. */
export function openDocument(uri: string, _languageId: string, version: number, text: string): PolicyDocument {
  return new OpenDocument(uri, version, splitFile(uri, text));
}

/** A file after an edit; it takes over what the edit left as it was. */
export function changeDocument(
  document: PolicyDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): PolicyDocument {
  return document instanceof OpenDocument ? document.change(changes, version) : document;
}

class OpenDocument implements PolicyDocument {
  readonly uri: string;
  readonly version: number;
  readonly #documents: readonly SplitDocument[];
  #layout: Layout | undefined;

  constructor(uri: string, version: number, documents: readonly SplitDocument[]) {
    this.uri = uri;
    this.version = version;
    this.#documents = documents;
  }

  get text(): string {
    return this.#documents.map(textOf).join("");
  }

  get isText(): boolean {
    return this.#laidOut.pieces.every(({ isText }) => isText);
  }

  get mayHoldSuppressions(): boolean {
    return this.#laidOut.pieces.some(({ mayHoldSuppressions }) => mayHoldSuppressions);
  }

  get isKumas(): boolean {
    for (const { section } of this.sections) if (section.isKumas) return true;
    return false;
  }

  get sections(): Iterable<PlacedSection> {
    const layout = this.#laidOut;
    return { [Symbol.iterator]: () => sectionsIn(layout) };
  }

  get #laidOut(): Layout {
    return (this.#layout ??= layOut(this.#documents));
  }

  change(changes: readonly TextDocumentContentChangeEvent[], version: number): OpenDocument {
    // A client that sends no change at all may still have a new version.
    let changed = new OpenDocument(this.uri, version, this.#documents);
    for (const change of changes) {
      const documents = editFile(this.uri, changed.#documents, changed.#edit(change));
      changed = new OpenDocument(this.uri, version, documents);
    }
    return changed;
  }

  #edit(change: TextDocumentContentChangeEvent): Edit {
    if (!TextDocumentContentChangeEvent.isIncremental(change)) return editBetween(this.text, change.text);
    const [from, to] = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)];
    return { start: Math.min(from, to), end: Math.max(from, to), text: change.text };
  }

  offsetAt(position: Position): number {
    return offsetAt(this.#laidOut, position);
  }

  lineAt(offset: number): number {
    return lineAt(this.#laidOut, offset);
  }

  rangeOf({ start, end }: Span, base = 0): Range {
    return { start: positionAt(this.#laidOut, base + start), end: positionAt(this.#laidOut, base + end) };
  }

  sectionAt(offset: number): PlacedSection | undefined {
    return sectionAt(this.#laidOut, offset);
  }
}
