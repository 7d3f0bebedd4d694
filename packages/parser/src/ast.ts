import type { Argument } from "./arguments/argument.ts";
import type { Dialect } from "./dialect.ts";
import type { Span } from "./span.ts";

/**
 * A format string, read as its dialect reads it. Every string has one: what Envoy cannot read is a node too. The parts
 * touch each other and cover the text, and the texts of their leaves, joined, are the text: {@link print} does that.
 */
export interface Format extends Span {
  readonly kind: "format";
  readonly text: string;
  readonly dialect: Dialect;
  readonly parts: readonly Part[];
}

/** One piece of a format. */
export type Part = Text | Escape | KumaOperator | Operator | BrokenOperator | StrayPercent;

/** Characters that are printed as they stand. */
export interface Text extends Span {
  readonly kind: "text";
  readonly text: string;
}

/** `%%`, which prints one `%`. It exists only outside operators. */
export interface Escape extends Span {
  readonly kind: "escape";
}

/** An operator of Kuma: plain text by the time Envoy reads the format. */
export interface KumaOperator extends Span {
  readonly kind: "kuma";
  /** Without the `%` around it: `KUMA_MESH`. */
  readonly name: string;
}

/** A call that Envoy can read, whether or not it knows the name: `%NAME(argument):limit%`. */
export interface Operator extends Span {
  readonly kind: "operator";
  readonly name: Name;
  /** What stands in the parentheses, where there are any. */
  readonly argument?: Argument;
  readonly limit?: Limit;
}

/** The start of a call that Envoy cannot read; it refuses the format at its `%`. */
export interface BrokenOperator extends Span {
  readonly kind: "broken";
  readonly problem: Problem;
  readonly name: Name;
  readonly argument?: Argument;
  readonly limit?: Limit;
}

/**
 * Why a call cannot be read.
 * - `name`: it is closed, but its name has other characters than `A`-`Z`, `0`-`9` and `_`.
 * - `line-break`: its argument has a line break in it, which ends the search for the `)` since Envoy 1.31.
 * - `no-parenthesis`: its argument is open to the end of the node.
 * - `no-percent`: the closing `%` is missing.
 */
export type Problem = "name" | "line-break" | "no-parenthesis" | "no-percent";

/** A `%` that starts nothing. Envoy refuses the format there. */
export interface StrayPercent extends Span {
  readonly kind: "stray";
}

/** The name of an operator, after its `%`. */
export interface Name extends Span {
  readonly text: string;
}

/** The digits after the `:`. Envoy prints no more bytes than that. */
export interface Limit extends Span {
  readonly text: string;
}
