/** How JSON is written: on one line, or on many, as people read it. */
export interface Layout {
  readonly isCompact: boolean;
}

/** A value as JSON. */
export function json(value: unknown, { isCompact }: Layout): string {
  return JSON.stringify(value, null, isCompact ? 0 : 2);
}

/** JSON as it stands `depth` levels inside a document. */
export function nested(text: string, depth: number): string {
  return text.replaceAll("\n", `\n${"  ".repeat(depth)}`);
}
