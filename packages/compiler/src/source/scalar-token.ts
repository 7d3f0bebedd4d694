/** How a scalar is written: `plain`, `'single'`, `"double"`, `|` literal or `>` folded. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** What a block scalar does with the line breaks at its end: keeps one, none (`-`) or all (`+`). */
export type Chomping = "clip" | "strip" | "keep";

/** What a character in the header of a block scalar means for them; without one it is `clip`. */
export const chompingOf: ReadonlyMap<string, Chomping> = new Map([
  ["-", "strip"],
  ["+", "keep"],
]);

/** Where the characters of a scalar stand in a file, and what is needed to decode them. */
export interface ScalarToken {
  /** The text of the whole file. */
  readonly source: string;
  readonly style: ScalarStyle;
  /** First unit of the content: after the quote, or the line after a block scalar's header. */
  readonly contentStart: number;
  /** End of the content: at the closing quote, or after a block scalar's last line break. */
  readonly contentEnd: number;
  /** Spaces that every line of a block scalar begins with; -1 if it has no content or is no block scalar. */
  readonly indent: number;
  readonly chomping: Chomping;
}

/** What a token has that is no block scalar. */
export const noBlock: Pick<ScalarToken, "indent" | "chomping"> = { indent: -1, chomping: "clip" };
