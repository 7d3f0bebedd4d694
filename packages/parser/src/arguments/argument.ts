import type { KumaOperator } from "../ast.ts";
import type { Span } from "../span.ts";
import type { CelArgument } from "./cel.ts";
import type { ChoicesArgument } from "./choices.ts";
import type { CoalesceArgument } from "./coalesce.ts";
import type { DurationArgument } from "./duration.ts";
import type { FilterStateArgument } from "./filter-state.ts";
import type { HeaderArgument } from "./header.ts";
import type { MaskArgument } from "./mask.ts";
import type { MetadataArgument } from "./metadata.ts";
import type { FileArgument, NameArgument, OpaqueArgument } from "./names.ts";
import type { TimeArgument } from "./time.ts";

/** What stands between the parentheses of a call, read as its operator reads it. */
export type Argument =
  | CelArgument
  | ChoicesArgument
  | CoalesceArgument
  | DurationArgument
  | FileArgument
  | FilterStateArgument
  | HeaderArgument
  | MaskArgument
  | MetadataArgument
  | NameArgument
  | OpaqueArgument
  | TimeArgument;

/** What every argument has: the text between the parentheses and its place. */
export interface ArgumentNode<K extends string> extends Span {
  readonly kind: K;
  readonly text: string;
  /** Kuma's operators in it, which are plain text by the time Envoy reads it. */
  readonly kuma?: readonly KumaOperator[];
}

/** A part of an argument. */
export interface Piece extends Span {
  readonly text: string;
}

/**
 * The text of an argument as it is written, and with each of Kuma's operators blanked out by as many
 * {@link placeholder}s: what separates pieces is looked for in the second.
 */
export interface ArgumentSource {
  readonly text: string;
  readonly masked: string;
  /** Where the text starts in the format. */
  readonly start: number;
  /** Where each character starts in the format, and where the last ends: only where escapes pull them apart. */
  readonly places?: readonly number[];
  readonly kuma?: readonly KumaOperator[];
}

/** What every argument node takes over from its source. */
export function whole<K extends string>(kind: K, source: ArgumentSource): ArgumentNode<K> {
  const { text, kuma } = source;
  const { start, end } = placeOf(source, 0, text.length);
  return kuma === undefined ? { kind, start, end, text } : { kind, start, end, text, kuma };
}

/** What Envoy sees of a piece: where Kuma's operators were, it sees their values. */
export type Effective = (piece: Piece) => string;

/**
 * Stands for a character of a Kuma operator: none that means anything to Envoy. Below U+0100, so that a text in Latin-1
 * stays one for the JavaScript engine.
 */
export const placeholder = "\u009F";

/** The part of a source between two offsets in it. */
export function piece(source: ArgumentSource, from: number, to: number): Piece {
  const { start, end } = placeOf(source, from, to);
  return { start, end, text: source.text.slice(from, to) };
}

/** Where the part of a source between two offsets stands in the format. */
export function placeOf({ start, places }: ArgumentSource, from: number, to: number): Span {
  if (places === undefined) return { start: start + from, end: start + to };
  return { start: places[from] ?? start, end: places[to] ?? start };
}

/** The pieces of a source between separators; there is always one more than there are separators. */
export function split(source: ArgumentSource, separator: string): [Piece, ...Piece[]] {
  const { masked } = source;
  let to = endOfPiece(masked, separator, 0);
  const pieces: [Piece, ...Piece[]] = [piece(source, 0, to)];
  while (to < masked.length) {
    const from = to + 1;
    to = endOfPiece(masked, separator, from);
    pieces.push(piece(source, from, to));
  }
  return pieces;
}

function endOfPiece(text: string, separator: string, from: number): number {
  const to = text.indexOf(separator, from);
  return to < 0 ? text.length : to;
}
