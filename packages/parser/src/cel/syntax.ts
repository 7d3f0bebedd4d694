import type { Span } from "../span.ts";

/** An expression of CEL. Macros and operators are calls like any other. */
export type CelExpression = CelLiteral | CelIdentifier | CelSelect | CelIndex | CelCall | CelList | CelMap | CelMessage;

export interface CelLiteral extends Span {
  readonly kind: "literal";
  readonly type: "null" | "bool" | "int" | "uint" | "double" | "string" | "bytes";
  /** What it says: the text of a string with its escapes read, else the literal as it is written. */
  readonly value: string;
}

export interface CelIdentifier extends Span {
  readonly kind: "identifier";
  /** With a leading dot where it has one. */
  readonly name: string;
}

export interface CelSelect extends Span {
  readonly kind: "select";
  readonly operand: CelExpression;
  readonly field: string;
}

export interface CelIndex extends Span {
  readonly kind: "index";
  readonly operand: CelExpression;
  readonly index: CelExpression;
}

/** A function, a method, or an operator: `&&` and `||` with all the terms of a chain, `?:` with three. */
export interface CelCall extends Span {
  readonly kind: "call";
  /** The name, with a leading dot where it has one; or the operator. */
  readonly name: string;
  readonly isOperator: boolean;
  /** What a method is called on. */
  readonly receiver?: CelExpression;
  readonly arguments: readonly CelExpression[];
  /** Where the name stands. */
  readonly place: Span;
}

export interface CelList extends Span {
  readonly kind: "list";
  readonly items: readonly CelExpression[];
}

export interface CelMap extends Span {
  readonly kind: "map";
  readonly entries: readonly { readonly key: CelExpression; readonly value: CelExpression }[];
}

export interface CelMessage extends Span {
  readonly kind: "message";
  /** With a leading dot where it has one. */
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly place: Span; readonly value: CelExpression }[];
}

/** Why an expression cannot be read. */
export interface CelProblem extends Span {
  /** In the words of Envoy's CEL as far as they can be known: ANTLR's choice of words is hard to foretell. */
  readonly message: string;
  /** Whether it has a place of its own in Envoy's text. */
  readonly isPlaced: boolean;
}
