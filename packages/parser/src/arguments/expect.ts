import type { ArgumentFacts, ChoiceList } from "../catalog/operator.ts";
import { operators } from "../catalog/operators.ts";
import type { Span } from "../span.ts";
import type { Argument, Piece } from "./argument.ts";
import type { CoalesceArgument } from "./coalesce.ts";

/** What kind of value belongs at a place of an argument. */
export type Expectation =
  | { readonly kind: "header"; readonly role: "header" | "alternative" }
  | { readonly kind: "time-conversion" }
  | { readonly kind: "choice"; readonly list: ChoiceList }
  | { readonly kind: PlainExpectation }
  /** The operator takes no argument, or no more of them. */
  | { readonly kind: "nothing" };

type PlainExpectation =
  | "cel"
  | "coalesce"
  | "operator"
  | "directory"
  | "file"
  | "filter-state-field"
  | "filter-state-key"
  | "mask"
  | "metadata-key"
  | "metadata-namespace"
  | "metadata-type"
  | "precision"
  | "query-parameter"
  | "secret"
  | "serialization"
  | "time-point"
  | "variable";

/** A place of an argument. */
export interface ArgumentPlace {
  /** Which of the pieces it is, from 0. */
  readonly index: number;
  readonly expects: Expectation;
  /** What a value that is put there replaces. */
  readonly range: Span;
}

/** What belongs at an offset of an argument. */
export function expectationAt(facts: ArgumentFacts | undefined, argument: Argument, offset: number): ArgumentPlace {
  const at = (pieces: readonly (Piece | undefined)[], expects: readonly Expectation["kind"][]): ArgumentPlace => {
    const there = pieces.findLastIndex((piece) => piece !== undefined && piece.start <= offset);
    const index = Math.max(0, there);
    const kind = expects[index] ?? expects.at(-1) ?? "nothing";
    return { index, expects: { kind } as Expectation, range: pieces[index] ?? argument };
  };
  switch (argument.kind) {
    case "header": {
      const isAlternative = argument.alternative !== undefined && argument.alternative.start <= offset;
      const isSurplus = argument.surplus !== undefined && argument.surplus.start <= offset;
      if (isSurplus) return { index: 2, expects: { kind: "nothing" }, range: argument.surplus ?? argument };
      return {
        index: isAlternative ? 1 : 0,
        expects: { kind: "header", role: isAlternative ? "alternative" : "header" },
        range: wordAt(argument, offset, /[-:.A-Za-z0-9_]/),
      };
    }
    case "time":
      return { index: 0, expects: { kind: "time-conversion" }, range: conversionAt(argument, offset) };
    case "choices": {
      const index = Math.max(
        0,
        argument.chosen.findLastIndex((piece) => piece.start <= offset),
      );
      const list = facts?.kind === "choices" ? facts.lists[index] : undefined;
      const isSurplus = argument.surplus !== undefined && argument.surplus.start <= offset;
      return {
        index,
        expects: list === undefined || isSurplus ? { kind: "nothing" } : { kind: "choice", list },
        range: argument.chosen[index] ?? argument,
      };
    }
    case "metadata":
      return at([argument.namespace, ...argument.path], ["metadata-namespace", "metadata-key"]);
    case "typed-metadata":
      return at(
        [argument.type, argument.namespace, ...argument.path],
        ["metadata-type", "metadata-namespace", "metadata-key"],
      );
    case "filter-state":
      return at(
        [argument.key, argument.serialization, argument.field, argument.surplus],
        ["filter-state-key", "serialization", "filter-state-field", "nothing"],
      );
    case "duration":
      return at(
        [argument.from, argument.to, argument.precision, argument.surplus],
        ["time-point", "time-point", "precision", "nothing"],
      );
    case "file":
      return at([argument.path, argument.directory, argument.surplus], ["file", "directory", "nothing"]);
    case "cel":
      return { index: 0, expects: { kind: "cel" }, range: wordAt(argument, offset, /[.A-Za-z0-9_]/) };
    case "coalesce":
      return inCoalesce(argument, offset);
    case "mask":
    case "query-parameter":
    case "secret":
    case "variable":
      return { index: 0, expects: { kind: argument.kind }, range: argument };
    case "opaque":
      return { index: 0, expects: { kind: "nothing" }, range: argument };
  }
}

/** In a string that names an operator, in the argument of one, or elsewhere in the JSON. */
function inCoalesce(argument: CoalesceArgument, offset: number): ArgumentPlace {
  const index = argument.entries.findIndex((entry) => entry.start <= offset && offset <= entry.end);
  const { name, argument: inner } = argument.entries[index] ?? {};
  if (name !== undefined) {
    const isIn = ({ start, end }: Span): boolean => start <= offset && offset <= end;
    if (isIn(name)) return { index, expects: { kind: "operator" }, range: name };
    if (inner !== undefined && isIn(inner)) {
      return expectationAt(operators.get(name.text)?.argument, inner, offset);
    }
  }
  return { index: Math.max(0, index), expects: { kind: "coalesce" }, range: { start: offset, end: offset } };
}

/** The run of characters of one kind around an offset. */
function wordAt(argument: Piece, offset: number, character: RegExp): Span {
  const { text, start: base } = argument;
  let start = offset - base;
  let end = start;
  while (start > 0 && character.test(text.charAt(start - 1))) start--;
  while (end < text.length && character.test(text.charAt(end))) end++;
  return { start: base + start, end: base + end };
}

/** The conversion that the offset is in or right after; or the `%` that is to become one; or nothing. */
function conversionAt(argument: Extract<Argument, { kind: "time" }>, offset: number): Span {
  const inside = argument.parts.find((part) => part.kind === "conversion" && part.start < offset && offset <= part.end);
  if (inside !== undefined) return { start: inside.start, end: inside.end };
  const isPercent = argument.text.charAt(offset - argument.start - 1) === "%";
  return { start: isPercent ? offset - 1 : offset, end: offset };
}
