import { indexLines, type LineIndex, mayHoldSuppressions } from "@meshlog/compiler";

/** A part of a file that begins with a line of its own, or with the file. */
export interface Piece {
  readonly text: string;
  /** Where its lines start, counted from its own start. */
  readonly lines: LineIndex;
  /** It has no NUL, which no text has. */
  readonly isText: boolean;
  /** Whether comments may stand in it that silence findings. */
  readonly mayHoldSuppressions: boolean;
}

/** A piece of a file. */
export function createPiece(part: string): Piece {
  const text = copy(part);
  const isText = !text.includes("\0");
  return { text, lines: indexLines(text), isText, mayHoldSuppressions: mayHoldSuppressions(text) };
}

/** A text of its own: a part of a string keeps the whole string in memory, here one for every version of the file. */
function copy(part: string): string {
  // Engines copy what they put together.
  return ` ${part}`.slice(1);
}
