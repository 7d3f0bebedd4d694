import { type ArgumentPlace, expectationAt, type Expectation } from "./arguments/expect.ts";
import type { BrokenOperator, Format, Operator, Part } from "./ast.ts";
import { operators } from "./catalog/operators.ts";
import { parse } from "./parse.ts";
import type { Span } from "./span.ts";

/** What stands at a place of a format, finished or not: what completion, hover and signature help need to know. */
export type Context = TextContext | NameContext | ArgumentContext | EndContext | LimitContext;

/** Text, where an operator may start with a `%`. */
export interface TextContext {
  readonly kind: "text";
}

/** The name of an operator, or the place for one after a `%`. */
export interface NameContext {
  readonly kind: "name";
  /** What a name that is put there replaces; it does not take in the `%` before and after it. */
  readonly range: Span;
  /** What of the name stands before the place. */
  readonly prefix: string;
  /** Whether something that belongs to the call follows the name: its `%`, parentheses, or limit. */
  readonly isFollowed: boolean;
}

/** A piece of the argument of an operator. */
export interface ArgumentContext {
  readonly kind: "argument";
  readonly operator: string;
  /** Which piece, from 0. */
  readonly index: number;
  readonly expects: Expectation;
  readonly range: Span;
  readonly prefix: string;
  /** Whether the argument is closed with a `)`. */
  readonly isClosed: boolean;
}

/** After the name or the argument, where a limit or the closing `%` belongs. */
export interface EndContext {
  readonly kind: "end";
  readonly operator: string;
}

/** The digits of a limit. */
export interface LimitContext {
  readonly kind: "limit";
  readonly operator: string;
  readonly range: Span;
  readonly prefix: string;
}

/** What stands at an offset: between 0, before the first character, and the length of the text. */
export function contextAt(format: Format, offset: number): Context {
  const { parts } = format;
  const index = parts.findIndex((part) => part.start < offset && offset <= part.end);
  const part = parts[index];
  switch (part?.kind) {
    case undefined:
      return { kind: "text" };
    case "text":
      return atText(format, part, parts[index - 1], offset);
    case "escape":
      // Editors close a % that was typed: the place between the two is one for a name.
      return offset < part.end ? nameContext(format, part.start + 1, offset, true) : { kind: "text" };
    case "stray":
      return nameContext(format, part.end, offset, false);
    case "kuma":
      return offset < part.end ? nameContext(format, part.start + 1, offset, true) : { kind: "text" };
    case "operator":
      return offset < part.end ? atCall(format, part, offset) : { kind: "text" };
    case "broken":
      return offset < part.end || part.problem === "no-percent" || part.problem === "no-parenthesis"
        ? atCall(format, part, offset)
        : { kind: "text" };
  }
}

/** Text may go on with a name in lower case, or with the `:` of a limit. */
function atText(format: Format, part: Span, previous: Part | undefined, offset: number): Context {
  const before = format.text.slice(part.start, offset);
  const isWord = /^[A-Za-z0-9_]+$/.test(before);
  if (previous?.kind === "stray" && isWord) return nameContext(format, previous.end, offset, false);
  if (previous?.kind !== "broken" || previous.problem !== "no-percent") return { kind: "text" };
  const isBare = previous.argument === undefined && previous.limit === undefined;
  if (isBare && isWord) return nameContext(format, previous.name.start, offset, false);
  const isLimit = previous.limit === undefined && before === ":";
  if (!isLimit) return { kind: "text" };
  return { kind: "limit", operator: previous.name.text, range: { start: offset, end: offset }, prefix: "" };
}

function nameContext({ text }: Format, start: number, offset: number, isFollowed: boolean): NameContext {
  let end = offset;
  while (/[A-Z0-9_]/.test(text.charAt(end))) end++;
  return { kind: "name", range: { start, end }, prefix: text.slice(start, offset), isFollowed };
}

function atCall(format: Format, call: Operator | BrokenOperator, offset: number): Context {
  const { name, argument, limit } = call;
  const isFollowed = call.kind === "operator" || call.end > name.end;
  if (offset <= name.end) {
    const range = { start: name.start, end: name.end };
    return { kind: "name", range, prefix: format.text.slice(name.start, offset), isFollowed };
  }
  if (argument !== undefined && offset >= argument.start && offset <= argument.end) {
    return atArgument(format, call, argument, offset);
  }
  if (limit !== undefined && offset >= limit.start && offset <= limit.end) {
    const range = { start: limit.start, end: limit.end };
    return { kind: "limit", operator: name.text, range, prefix: format.text.slice(limit.start, offset) };
  }
  return { kind: "end", operator: name.text };
}

/** Where an argument that is being written swallows what follows it: the next call, or text after a `)`. */
const boundary = /%[A-Z0-9_]{2,}(?=[%(:]|$)|\)(?=\s)/g;

function atArgument(
  format: Format,
  call: Operator | BrokenOperator,
  argument: NonNullable<Operator["argument"]>,
  offset: number,
): Context {
  const { name } = call;
  const takesText = argument.kind === "cel" || argument.kind === "coalesce";
  if (!takesText) {
    const before = format.text.slice(argument.start, offset);
    const last = [...before.matchAll(boundary)].at(-1);
    if (last !== undefined) return behind(format, argument.start + last.index, offset);
    const isLeft = call.kind === "broken" && argument.kind === "header" && /["\s]/.test(before);
    if (isLeft) return { kind: "text" };
  }
  const place: ArgumentPlace = expectationAt(operators.get(name.text)?.argument, argument, offset);
  return {
    kind: "argument",
    operator: name.text,
    index: place.index,
    expects: place.expects,
    range: { start: place.range.start, end: place.range.end },
    prefix: format.text.slice(place.range.start, offset),
    isClosed: call.kind === "operator" || call.problem !== "no-parenthesis",
  };
}

/** What stands at an offset if the text is read from a later place on. */
function behind(format: Format, from: number, offset: number): Context {
  const isParenthesis = format.text.charAt(from) === ")";
  const start = isParenthesis ? from + 1 : from;
  const context = contextAt(parse(format.text.slice(start), format.dialect), offset - start);
  if (!("range" in context)) return context;
  const { range } = context;
  return { ...context, range: { start: range.start + start, end: range.end + start } };
}
