import { lastAtMost } from "@meshlog/compiler";

/** What takes the place of a span of a text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The pieces of a text around an edit. */
export interface EditedPieces<T> {
  readonly before: readonly T[];
  /** Those that may be others after the edit. */
  readonly replaced: readonly T[];
  readonly after: readonly T[];
  /** Where the first replaced piece starts. */
  readonly start: number;
}

/** The smallest edit that makes one text the other. */
export function editBetween(old: string, text: string): Edit {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same))
    same++;
  return { start, end: old.length - same, text: text.slice(start, text.length - same) };
}

/** A text after an edit that is counted from `origin`, where the text starts. */
export function applyEdit(text: string, { start, end, text: typed }: Edit, origin = 0): string {
  return text.slice(0, start - origin) + typed + text.slice(end - origin);
}

/**
 * Finds the pieces that an edit may change. Two on either side of those that it touches count too: where a piece ends
 * can depend on the one after it, and on whether the one before it is all comments and directives.
 */
export function editedPieces<T>(
  pieces: readonly T[],
  lengthOf: (piece: T) => number,
  { start, end }: Edit,
): EditedPieces<T> {
  const starts = new Uint32Array(pieces.length);
  let at = 0;
  pieces.forEach((piece, i) => {
    starts[i] = at;
    at += lengthOf(piece);
  });
  const first = Math.max(0, lastAtMost(starts, start) - 2);
  const last = Math.min(pieces.length, lastAtMost(starts, Math.max(start, end - 1)) + 3);
  return {
    before: pieces.slice(0, first),
    replaced: pieces.slice(first, last),
    after: pieces.slice(last),
    start: starts[first] ?? 0,
  };
}
