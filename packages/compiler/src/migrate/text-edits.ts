import type { TextEdit } from "@meshlog/parser";

/** Applies edits that do not meet to a text; those that insert at one place, in the order in which they are given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of inOrder(edits)) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return pieces.join("") + text.slice(at);
}

/** Where a place of the edited text stood before the edits; for one within what was written, where that was put. */
export function offsetBefore(edits: readonly TextEdit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of inOrder(edits)) {
    const written = start + shift;
    if (offset < written) break;
    if (offset < written + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}

/** Whether two of some edits change the same characters. */
export function editsMeet(edits: readonly TextEdit[]): boolean {
  let reached = 0;
  return inOrder(edits).some(({ start, end }) => {
    const meets = start < reached;
    reached = Math.max(reached, end);
    return meets;
  });
}

/** A piece of an edited text: characters of the text before, or new ones. */
type Piece = { readonly kind: "kept"; readonly start: number; readonly end: number } | Written;

interface Written {
  readonly kind: "written";
  readonly text: string;
}

/**
 * The edits of a text that do what several rounds of edits do, each of which is for the text that the one before left.
 *
 * @param length of the text, in UTF-16 units.
 */
export function joinEdits(length: number, rounds: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const pieces = rounds.reduce<readonly Piece[]>(cut, [{ kind: "kept", start: 0, end: length }]);
  const edits: TextEdit[] = [];
  let at = 0;
  let text = "";
  for (const piece of [...pieces, { kind: "kept", start: length, end: length } as const]) {
    if (piece.kind === "written") {
      text += piece.text;
      continue;
    }
    if (text !== "" || at < piece.start) edits.push({ start: at, end: piece.start, text });
    at = piece.end;
    text = "";
  }
  return edits;
}

/** The pieces of a text after edits. */
function cut(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const rest = pieces.toReversed();
  const made: Piece[] = [];
  let at = 0;
  /** Takes what stands before an offset. */
  const takeUpTo = (offset: number, keeps: boolean): void => {
    while (at < offset) {
      const piece = rest.pop();
      if (piece === undefined) return;
      const [first, second] = divide(piece, offset - at);
      if (keeps) made.push(first);
      if (second !== undefined) rest.push(second);
      at += lengthOf(first);
    }
  };
  for (const { start, end, text } of inOrder(edits)) {
    takeUpTo(start, true);
    if (text !== "") made.push({ kind: "written", text });
    takeUpTo(end, false);
  }
  return [...made, ...rest.toReversed()];
}

function divide(piece: Piece, at: number): readonly [Piece, Piece?] {
  if (lengthOf(piece) <= at) return [piece];
  if (piece.kind === "written") {
    return [
      { kind: "written", text: piece.text.slice(0, at) },
      { kind: "written", text: piece.text.slice(at) },
    ];
  }
  const middle = piece.start + at;
  return [
    { ...piece, end: middle },
    { ...piece, start: middle },
  ];
}

function lengthOf(piece: Piece): number {
  return piece.kind === "written" ? piece.text.length : piece.end - piece.start;
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
