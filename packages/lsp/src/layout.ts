import { positionAt as placeAt } from "@meshlog/compiler";
import type { Position } from "vscode-languageserver";
import type { Piece } from "./piece.ts";
import type { Section } from "./section.ts";
import type { SplitDocument } from "./sections.ts";

/** A section, and where it starts in the file. */
export interface PlacedSection {
  readonly start: number;
  readonly section: Section;
}

/** A piece, and where it starts in the file. */
interface PlacedPiece {
  readonly start: number;
  /** From 0. */
  readonly line: number;
  readonly piece: Piece;
}

/** Where everything in a file is. */
export interface Layout {
  /** How many UTF-16 units it has. */
  readonly length: number;
  readonly sections: readonly PlacedSection[];
  /** The sections and what is around them: together they are the file. */
  readonly pieces: readonly PlacedPiece[];
}

/** Lays the documents of a file out one after another. */
export function layOut(documents: readonly SplitDocument[]): Layout {
  const placed: PlacedSection[] = [];
  const pieces: PlacedPiece[] = [];
  let start = 0;
  let line = 0;
  const place = (piece: Piece): void => {
    pieces.push({ start, line, piece });
    start += piece.text.length;
    line += piece.lines.length - 1;
  };
  for (const { sections, frame } of documents) {
    if (frame !== undefined) place(frame.head);
    for (const section of sections) {
      placed.push({ start, section });
      place(section);
    }
    if (frame !== undefined) place(frame.tail);
  }
  return { length: start, sections: placed, pieces };
}

/** The section at an offset; where two meet it is the first. */
export function sectionAt({ sections }: Layout, offset: number): PlacedSection | undefined {
  const first = firstIndex(sections, ({ start, section }) => start + section.text.length >= offset);
  const found = sections[first];
  return found !== undefined && found.start <= offset ? found : undefined;
}

/**
 * The position of an offset, as `vscode-languageserver-textdocument` finds it: one beyond the file is its end, one within
 * a line break is the end of its line.
 */
export function positionAt({ pieces, length }: Layout, offset: number): Position {
  const inside = Math.max(0, Math.min(offset, length));
  const placed = pieces[firstIndex(pieces, ({ start }) => start > inside) - 1];
  if (placed === undefined) return { line: 0, character: 0 };
  const { start, line, piece } = placed;
  const inPiece = inside - start;
  const lineInPiece = placeAt(piece.lines, inPiece).line - 1;
  const lineStart = piece.lines[lineInPiece] ?? 0;
  return { line: line + lineInPiece, character: beforeBreak(piece.text, inPiece, lineStart) - lineStart };
}

/** The offset of a position, as `vscode-languageserver-textdocument` finds it: never beyond the line or the file. */
export function offsetAt({ pieces, length }: Layout, { line, character }: Position): number {
  if (line < 0) return 0;
  const placed = pieces[firstIndex(pieces, (next) => next.line > line) - 1];
  const lineStart = placed?.piece.lines[line - placed.line];
  if (placed === undefined || lineStart === undefined) return length;
  const { start, piece } = placed;
  if (character <= 0) return start + lineStart;
  const lineEnd = piece.lines[line - placed.line + 1] ?? piece.text.length;
  return start + beforeBreak(piece.text, Math.min(lineStart + character, lineEnd), lineStart);
}

/** The end of what stands before an offset in its line, without a line break. */
function beforeBreak(text: string, offset: number, lineStart: number): number {
  let end = offset;
  while (end > lineStart && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return end;
}

/** The index of the first element that is so, where all after it are so too; the length if none is. */
function firstIndex<T>(elements: readonly T[], isSo: (element: T) => boolean): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const element = elements[middle];
    if (element !== undefined && isSo(element)) high = middle;
    else low = middle + 1;
  }
  return low;
}
