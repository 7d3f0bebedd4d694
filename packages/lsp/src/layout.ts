import { lastAtMost, positionAt as placeAt } from "@meshlog/compiler";
import type { Position } from "vscode-languageserver";
import type { Piece } from "./piece.ts";
import type { Section } from "./section.ts";
import type { SplitDocument } from "./sections.ts";

/** A section, and where it starts in the file. */
export interface PlacedSection {
  readonly start: number;
  readonly section: Section;
}

/** Where everything in a file is. It is made anew with each edit, so it is a few tables and not an object for each piece. */
export interface Layout {
  /** How many UTF-16 units it has. */
  readonly length: number;
  /** The sections and what is around them: together they are the file. */
  readonly pieces: readonly (Section | Piece)[];
  /** Where each piece starts. */
  readonly starts: Uint32Array;
  /** In which line each piece starts, from 0. */
  readonly lines: Uint32Array;
}

/** Lays the documents of a file out one after another. */
export function layOut(documents: readonly SplitDocument[]): Layout {
  const pieces: (Section | Piece)[] = [];
  for (const { sections, frame } of documents) {
    if (frame !== undefined) pieces.push(frame.head);
    for (const section of sections) pieces.push(section);
    if (frame !== undefined) pieces.push(frame.tail);
  }
  const starts = new Uint32Array(pieces.length);
  const lines = new Uint32Array(pieces.length);
  let length = 0;
  let line = 0;
  pieces.forEach(({ text, lines: { length: lineCount } }, i) => {
    starts[i] = length;
    lines[i] = line;
    length += text.length;
    line += lineCount - 1;
  });
  return { length, pieces, starts, lines };
}

/** The sections of a file, in its order. */
export function* sectionsIn({ pieces, starts }: Layout): Generator<PlacedSection> {
  for (let i = 0; i < pieces.length; i++) {
    const section = sectionOf(pieces[i]);
    if (section !== undefined) yield { start: starts[i] ?? 0, section };
  }
}

/** The section at an offset; where two meet it is the first. */
export function sectionAt({ pieces, starts }: Layout, offset: number): PlacedSection | undefined {
  for (let i = Math.max(0, lastAtMost(starts, offset - 1)); i < pieces.length; i++) {
    const start = starts[i] ?? 0;
    if (start > offset) return undefined;
    const section = sectionOf(pieces[i]);
    if (section !== undefined && start + section.text.length >= offset) return { start, section };
  }
  return undefined;
}

function sectionOf(piece: Section | Piece | undefined): Section | undefined {
  return piece !== undefined && "isKumas" in piece ? piece : undefined;
}

/**
 * The position of an offset, as `vscode-languageserver-textdocument` finds it: one beyond the file is its end, one within
 * a line break is the end of its line.
 */
export function positionAt({ pieces, starts, lines, length }: Layout, offset: number): Position {
  const inside = Math.max(0, Math.min(offset, length));
  const i = lastAtMost(starts, inside);
  const piece = pieces[i];
  if (piece === undefined) return { line: 0, character: 0 };
  const inPiece = inside - (starts[i] ?? 0);
  const lineInPiece = placeAt(piece.lines, inPiece).line - 1;
  const lineStart = piece.lines[lineInPiece] ?? 0;
  return {
    line: (lines[i] ?? 0) + lineInPiece,
    character: beforeBreak(piece.text, inPiece, lineStart) - lineStart,
  };
}

/** The line of an offset, from 0. */
export function lineAt(layout: Layout, offset: number): number {
  const i = lastAtMost(layout.starts, offset);
  // Mostly of the start of a section.
  return layout.starts[i] === offset ? (layout.lines[i] ?? 0) : positionAt(layout, offset).line;
}

/** The offset of a position, as `vscode-languageserver-textdocument` finds it: never beyond the line or the file. */
export function offsetAt({ pieces, starts, lines, length }: Layout, { line, character }: Position): number {
  if (line < 0) return 0;
  const i = lastAtMost(lines, line);
  const piece = pieces[i];
  const lineInPiece = line - (lines[i] ?? 0);
  const lineStart = piece?.lines[lineInPiece];
  if (piece === undefined || lineStart === undefined) return length;
  const start = starts[i] ?? 0;
  if (character <= 0) return start + lineStart;
  const lineEnd = piece.lines[lineInPiece + 1] ?? piece.text.length;
  return start + beforeBreak(piece.text, Math.min(lineStart + character, lineEnd), lineStart);
}

/** The end of what stands before an offset in its line, without a line break. */
function beforeBreak(text: string, offset: number, lineStart: number): number {
  let end = offset;
  while (end > lineStart && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return end;
}
