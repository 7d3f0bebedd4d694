/** A place for people: line and column from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin. */
export type LineIndex = ArrayLike<number>;

/**
 * Finds the lines of a text. LF, CRLF and a lone CR end a line, as in YAML and in the Language Server Protocol; the other
 * breaks of Unicode do not.
 */
export function indexLines(text: string): LineIndex {
  let starts = new Uint32Array(64 + (text.length >> 5));
  let count = 1;
  let carriageReturn = text.indexOf("\r");
  let lineFeed = text.indexOf("\n");
  while (carriageReturn >= 0 || lineFeed >= 0) {
    const isLoneReturn = carriageReturn >= 0 && (lineFeed < 0 || carriageReturn < lineFeed - 1);
    const end = isLoneReturn ? carriageReturn + 1 : lineFeed + 1;
    if (count === starts.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(starts);
      starts = longer;
    }
    starts[count++] = end;
    if (carriageReturn >= 0 && carriageReturn < end) carriageReturn = text.indexOf("\r", end);
    if (lineFeed >= 0 && lineFeed < end) lineFeed = text.indexOf("\n", end);
  }
  return starts.subarray(0, count);
}

/** The position of an offset. One beyond the text is in its last line. */
export function positionAt(lines: LineIndex, offset: number): Position {
  let low = 0;
  let high = lines.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}
