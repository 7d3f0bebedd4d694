import { argumentEnds, type ArgumentEnds, type ArgumentShape } from "./argument-ends.ts";
import type { Argument } from "./arguments/argument.ts";
import { readArgument } from "./arguments/read.ts";
import type { Limit, Name, Part, Problem } from "./ast.ts";
import { operators } from "./catalog/operators.ts";
import { COLON, DASH, isDigit, isLower, isOfName, OPENING, PERCENT } from "./characters.ts";
import type { Grammar } from "./dialect.ts";
import { isKuma, kumaBetween, type Masked } from "./placeholders.ts";

/**
 * Reads a text into its parts, from left to right. Every text has some that cover it: what Envoy cannot read is a part,
 * too.
 *
 * @param masked the text, or with Kuma's operators blanked out: what separates parts is looked for there.
 */
export function readParts(text: string, masked: Masked, grammar: Grammar): readonly Part[] {
  return new Reader(text, masked, grammar).read();
}

/** A closed call whose name Envoy does not take, up to the end of the name. */
const misnamed = /%[A-Z0-9_]*[a-z-][A-Za-z0-9_-]*(?=\(|:[0-9]+%|%(?![A-Z0-9_]+[%(:]))/y;

class Reader {
  readonly #source: string;
  readonly #masked: Masked;
  readonly #text: string;
  readonly #grammar: Grammar;
  readonly #parts: Part[] = [];
  #ends: ArgumentEnds | undefined;

  constructor(source: string, masked: Masked, grammar: Grammar) {
    this.#source = source;
    this.#masked = masked;
    this.#text = masked.text;
    this.#grammar = grammar;
  }

  read(): readonly Part[] {
    const { length } = this.#text;
    for (let at = 0; at < length;) {
      const sign = this.#text.indexOf("%", at);
      const end = sign < 0 ? length : sign;
      if (end > at) this.#readText(at, end);
      at = sign < 0 ? end : this.#readSign(sign);
    }
    return this.#parts;
  }

  #readText(start: number, end: number): void {
    let at = start;
    for (const operator of kumaBetween(this.#masked.kuma, start, end)) {
      if (operator.start > at) this.#addText(at, operator.start);
      this.#parts.push(operator);
      at = operator.end;
    }
    if (at < end) this.#addText(at, end);
  }

  #addText(start: number, end: number): void {
    this.#parts.push({ kind: "text", start, end, text: this.#source.slice(start, end) });
  }

  /** Reads what starts with a `%`, and returns where that ends. */
  #readSign(start: number): number {
    const nameEnd = endOfName(this.#text, start + 1);
    const next = this.#text.charCodeAt(nameEnd);
    if (isLower(next) || next === DASH) {
      misnamed.lastIndex = start;
      if (misnamed.test(this.#text)) return this.#readCall(start, misnamed.lastIndex, true);
    }
    if (nameEnd > start + 1) return this.#readCall(start, nameEnd, false);
    const end = next === PERCENT ? start + 2 : start + 1;
    this.#parts.push({ kind: next === PERCENT ? "escape" : "stray", start, end });
    return end;
  }

  #readCall(start: number, nameEnd: number, isMisnamed: boolean): number {
    const name: Name = { start: start + 1, end: nameEnd, text: this.#source.slice(start + 1, nameEnd) };
    let end = nameEnd;
    let shape: ArgumentShape | undefined;
    let argument: Argument | undefined;
    if (this.#text.charCodeAt(nameEnd) === OPENING) {
      this.#ends ??= argumentEnds(this.#text, this.#grammar);
      ({ shape, end } = this.#ends(nameEnd));
      argument = this.#argument(name.text, nameEnd + 1, end - closing[shape]);
    }
    let limit: Limit | undefined;
    let isClosed = shape === "last";
    if (shape !== "last" && shape !== "unclosed") {
      limit = this.#limit(end);
      if (limit !== undefined) ({ end } = limit);
      isClosed = this.#text.charCodeAt(end) === PERCENT;
      if (isClosed) end++;
    }
    const problem = problemOf(shape, isClosed, isMisnamed);
    this.#parts.push(this.#call(problem, { start, end, name, argument, limit }));
    return end;
  }

  #call(problem: Problem | undefined, { start, end, name, argument, limit }: Call): Part {
    if (problem === undefined && limit === undefined) {
      if (argument !== undefined) return { kind: "operator", start, end, name, argument };
      return isKuma(name.text, this.#masked.names)
        ? { kind: "kuma", name: name.text, start, end }
        : { kind: "operator", start, end, name };
    }
    const rest = { name, ...(argument && { argument }), ...(limit && { limit }) };
    if (problem === undefined) return { kind: "operator", start, end, ...rest };
    return { kind: "broken", start, end, problem, ...rest };
  }

  #argument(name: string, start: number, end: number): Argument {
    const text = this.#source.slice(start, end);
    const kuma = kumaBetween(this.#masked.kuma, start, end);
    const facts = (operators.get(name) ?? operators.get(name.toUpperCase()))?.argument;
    if (kuma.length === 0) return readArgument(facts, { start, text, masked: text });
    return readArgument(facts, { start, text, masked: this.#text.slice(start, end), kuma });
  }

  /** The limit whose `:` is at an offset. */
  #limit(at: number): Limit | undefined {
    if (this.#text.charCodeAt(at) !== COLON) return undefined;
    const start = at + 1;
    let end = start;
    while (isDigit(this.#text.charCodeAt(end))) end++;
    return end === start ? undefined : { start, end, text: this.#source.slice(start, end) };
  }
}

interface Call {
  readonly start: number;
  readonly end: number;
  readonly name: Name;
  readonly argument: Argument | undefined;
  readonly limit: Limit | undefined;
}

/** How many characters stand after an argument, up to the end of its shape. */
const closing: Readonly<Record<ArgumentShape, number>> = { last: 2, good: 1, torn: 1, unended: 1, unclosed: 0 };

function problemOf(shape: ArgumentShape | undefined, isClosed: boolean, isMisnamed: boolean): Problem | undefined {
  if (shape === "unclosed") return "no-parenthesis";
  if (!isClosed) return "no-percent";
  if (isMisnamed) return "name";
  return shape === "torn" ? "line-break" : undefined;
}

/** Where the characters end that Envoy takes in names. */
function endOfName(text: string, start: number): number {
  let end = start;
  while (isOfName(text.charCodeAt(end))) end++;
  return end;
}
