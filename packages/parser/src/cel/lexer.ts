import type { Span } from "../span.ts";
import type { CelLiteral, CelProblem } from "./syntax.ts";
import { trimEnd } from "../trim-end.ts";

/** A token of CEL. */
export interface CelToken extends Span {
  readonly kind: CelLiteral["type"] | "identifier" | "quoted" | "symbol" | "end";
  /** As it is written. */
  readonly text: string;
}

/** Where the part of an expression between two offsets stands in the text around it. */
export type Place = (from: number, to: number) => Span;

const blank = /(?:[ \t\r\n\f]+|\/\/[^\n]*)+/y;
const symbol = /==|!=|<=|>=|&&|\|\||[-<>[\]{}().,!?:+*/%]/y;
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const quoted = /`[A-Za-z0-9_.\-/ ]+`/y;
const double = /[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.[0-9]+(?:[eE][-+]?[0-9]+)?/y;
const uint = /(?:0x[0-9A-Fa-f]+|[0-9]+)[uU]/y;
const int = /0x[0-9A-Fa-f]+|[0-9]+/y;

const escape = /\\(?:[abfnrtv"'\\?`]|[xX][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-3][0-7]{2})/y;

const keywords = new Set(["true", "false", "null", "in"]);

/**
 * Reads tokens one after the other; the longest wins, as in ANTLR. Source: `parser/internal/Cel.g4` of cel-cpp.
 *
 * @param place where the part of the text between two offsets stands.
 */
export function tokenize(text: string, place: Place): { readonly tokens: CelToken[]; readonly problem?: CelProblem } {
  const tokens: CelToken[] = [];
  let at = 0;
  const matchAt = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : -1;
  };
  const push = (kind: CelToken["kind"], end: number): void => {
    tokens.push({ kind, ...place(at, end), text: text.slice(at, end) });
    at = end;
  };
  for (;;) {
    const after = matchAt(blank, at);
    if (after > 0) at = after;
    if (at >= text.length) break;
    const literal = stringAt(text, at);
    if (literal !== undefined) {
      push(literal.kind, literal.end);
      continue;
    }
    const candidates: readonly (readonly [CelToken["kind"], number])[] = [
      ["double", matchAt(double, at)],
      ["uint", matchAt(uint, at)],
      ["int", matchAt(int, at)],
      ["identifier", matchAt(identifier, at)],
      ["quoted", matchAt(quoted, at)],
      ["symbol", matchAt(symbol, at)],
    ];
    const [kind, end] = candidates.reduce((best, one) => (one[1] > best[1] ? one : best));
    if (end < 0) {
      const length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      const bad = text.slice(at, at + length);
      const message = `Syntax error: token recognition error at: '${bad}'`;
      return { tokens, problem: { ...place(at, at + length), message, isPlaced: true } };
    }
    push(kind === "identifier" && keywords.has(text.slice(at, end)) ? "symbol" : kind, end);
  }
  tokens.push({ kind: "end", ...place(text.length, text.length), text: "<EOF>" });
  return { tokens };
}

/** The string or bytes at an offset, if one starts there and is closed. */
function stringAt(text: string, start: number): { kind: "string" | "bytes"; end: number } | undefined {
  let at = start;
  const isBytes = text[at] === "b" || text[at] === "B";
  if (isBytes) at++;
  const isRaw = text[at] === "r" || text[at] === "R";
  if (isRaw) at++;
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const triple = quote.repeat(3);
  const end =
    (text.startsWith(triple, at) ? endOfString(text, at + 3, triple, isRaw) : undefined) ??
    endOfString(text, at + 1, quote, isRaw);
  return end === undefined ? undefined : { kind: isBytes ? "bytes" : "string", end };
}

function endOfString(text: string, from: number, quote: string, isRaw: boolean): number | undefined {
  for (let at = from; at < text.length;) {
    if (text.startsWith(quote, at)) return at + quote.length;
    const character = text[at];
    if (quote.length === 1 && (character === "\n" || character === "\r")) return undefined;
    if (character === "\\" && !isRaw) {
      escape.lastIndex = at;
      if (!escape.test(text)) return undefined;
      at = escape.lastIndex;
    } else at++;
  }
  return undefined;
}

const named: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** What a string token says, or why it says nothing. */
export function readString({ text, kind }: CelToken): { value: string } | { message: string } {
  const [prefix = ""] = /^[bBrR]*/.exec(text) ?? [];
  const quote = text.slice(prefix.length, prefix.length + 3);
  const length = quote === '"""' || quote === "'''" ? (text.length >= prefix.length + 6 ? 3 : 1) : 1;
  const body = text.slice(prefix.length + length, text.length - length);
  if (/[rR]/.test(prefix)) {
    const isOdd = (body.length - trimEnd(body, "\\").length) % 2 === 1;
    return isOdd ? { message: `Invalid ${kind} literal: String must end with ${quote.charAt(0)}` } : { value: body };
  }
  let problem: string | undefined;
  const value = body.replace(escapes, (written) => {
    const code = codeOf(written);
    if (code === undefined) return named[written.charAt(1)] ?? written.charAt(1);
    problem ??= problemOf(written, code, kind);
    return problem === undefined ? String.fromCodePoint(code) : "";
  });
  return problem === undefined ? { value } : { message: `Invalid ${kind} literal: ${problem}` };
}

const escapes = /\\(?:[xX][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-3][0-7]{2}|.)/gs;

/** The number that an escape is written with, if it is. */
function codeOf(escape: string): number | undefined {
  const form = escape.charAt(1);
  if (/[xXuU]/.test(form)) return Number.parseInt(escape.slice(2), 16);
  return escape.length > 2 ? Number.parseInt(escape.slice(1), 8) : undefined;
}

function problemOf(escape: string, code: number, kind: string): string | undefined {
  const form = escape.slice(0, 2);
  if (kind === "bytes" && (form === "\\u" || form === "\\U")) {
    return `Illegal escape sequence: Unicode escape sequence ${form} cannot be used in bytes literals`;
  }
  if (code >= 0xd800 && code < 0xe000) return `Illegal escape sequence: Unicode value ${escape} is invalid`;
  if (code > 0x10ffff) return `Illegal escape sequence: Value of ${escape} exceeds Unicode limit (0x0010FFFF)`;
  return undefined;
}
