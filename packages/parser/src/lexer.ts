import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";
import { placeholder } from "./arguments/argument.ts";
import type { Grammar } from "./dialect.ts";

/**
 * The tokens of a format. They are flat, and there is one for everything that can go wrong, so that every text is read
 * to its end: what a call lacks shows in which of its tokens are there.
 */
export interface Tokens {
  readonly Text: TokenType;
  readonly Escape: TokenType;
  /** A `%` that starts nothing. */
  readonly Stray: TokenType;
  /** `%NAME%` or `%NAME(…)%`: the whole of a call that Envoy can read and that has no limit. */
  readonly Call: TokenType;
  /** `%NAME`, where more belongs to the call. */
  readonly Open: TokenType;
  /** `%name`: the start of a closed call whose name Envoy does not take. */
  readonly Misnamed: TokenType;
  /** `(…)%`: an argument that Envoy can read, and the end of its call. */
  readonly LastArgument: TokenType;
  /** `(…)` that Envoy can read, with a limit after it. */
  readonly Argument: TokenType;
  /** `(…)` that only the line break in it keeps Envoy from reading. */
  readonly TornArgument: TokenType;
  /** `(…)` after which no `%` comes. */
  readonly UnendedArgument: TokenType;
  /** `(…` to the next call or the end of the line. */
  readonly UnclosedArgument: TokenType;
  readonly Limit: TokenType;
  readonly Close: TokenType;
  /** Text after a call that is not closed. */
  readonly TextAfter: TokenType;
}

/** The lexer of a grammar; not reentrant. */
export interface FormatLexer {
  readonly tokens: Tokens;
  tokenize(text: string, grammar: Grammar): IToken[];
}

/** Ranges, not complements: Chevrotain cannot choose by first character among complements. */
const text = /[\u0000-\u0024\u0026-\uFFFF]+/; // eslint-disable-line no-control-regex

/** Where an argument that nothing closes stops at the latest: before the next call, or at the end of the line. */
const boundary = new RegExp(`%(?:[A-Z0-9_]+\\(|[A-Z0-9_]{2,}(?:%|:[0-9]))|[\\n${placeholder}]`, "g");

export function createFormatLexer(): FormatLexer {
  let ends = argumentEnds("", "1.32");
  const isAfterName = (previous: readonly IToken[]): boolean => {
    const last = previous.at(-1)?.tokenType;
    return last === Open || last === Misnamed;
  };
  const argument = (name: string, shape: ArgumentShape, more: { pop_mode?: boolean } = {}): TokenType =>
    createToken({
      name,
      pattern: (input: string, offset: number, previous: IToken[]): [string] | null => {
        if (input.charCodeAt(offset) !== 40 || !isAfterName(previous)) return null;
        const found = ends(offset);
        return found.shape === shape ? [input.slice(offset, found.end)] : null;
      },
      start_chars_hint: ["("],
      line_breaks: true,
      ...more,
    });

  const Text = createToken({ name: "Text", pattern: text, line_breaks: true });
  const Escape = createToken({ name: "Escape", pattern: "%%" });
  const Stray = createToken({ name: "Stray", pattern: "%" });
  const callStart = /%[A-Z0-9_]+[%(]/y;
  const Call = createToken({
    name: "Call",
    pattern: (input: string, offset: number): [string] | null => {
      callStart.lastIndex = offset;
      if (!callStart.test(input)) return null;
      const last = callStart.lastIndex - 1;
      if (input.charCodeAt(last) === 37) return [input.slice(offset, last + 1)];
      const found = ends(last);
      return found.shape === "last" ? [input.slice(offset, found.end)] : null;
    },
    start_chars_hint: ["%"],
    line_breaks: true,
  });
  const Open = createToken({ name: "Open", pattern: /%[A-Z0-9_]+/, push_mode: "call" });
  const Misnamed = createToken({
    name: "Misnamed",
    pattern: /%[A-Z0-9_]*[a-z-][A-Za-z0-9_-]*(?=\(|:[0-9]+%|%(?![A-Z0-9_]+[%(:]))/,
    push_mode: "call",
  });
  const LastArgument = argument("LastArgument", "last", { pop_mode: true });
  const Argument = argument("Argument", "good");
  const TornArgument = argument("TornArgument", "torn");
  const UnendedArgument = argument("UnendedArgument", "unended");
  const UnclosedArgument = argument("UnclosedArgument", "unclosed", { pop_mode: true });
  const digits = /:[0-9]+/y;
  const Limit = createToken({
    name: "Limit",
    pattern: (input: string, offset: number, previous: IToken[]): [string] | null => {
      digits.lastIndex = offset;
      return previous.at(-1)?.tokenType === Limit
        ? null
        : digits.exec(input) && [input.slice(offset, digits.lastIndex)];
    },
    start_chars_hint: [":"],
    line_breaks: false,
  });
  const Close = createToken({ name: "Close", pattern: "%", pop_mode: true });
  const TextAfter = createToken({ name: "TextAfter", pattern: text, line_breaks: true, pop_mode: true });

  const lexer = new Lexer(
    {
      defaultMode: "text",
      modes: {
        text: [Call, Escape, Misnamed, Open, Stray, Text],
        call: [LastArgument, Argument, TornArgument, UnendedArgument, UnclosedArgument, Limit, Close, TextAfter],
      },
    },
    { positionTracking: "onlyOffset", ensureOptimizations: true },
  );
  return {
    tokens: {
      Text,
      Escape,
      Stray,
      Call,
      Open,
      Misnamed,
      LastArgument,
      Argument,
      TornArgument,
      UnendedArgument,
      UnclosedArgument,
      Limit,
      Close,
      TextAfter,
    },
    tokenize: (input, grammar) => {
      ends = argumentEnds(input, grammar);
      return lexer.tokenize(input).tokens;
    },
  };
}

type ArgumentShape = "last" | "good" | "torn" | "unended" | "unclosed";

/**
 * Finds where an argument ends, from the offset of its `(`. Asked at ever later offsets it looks at each character a
 * bounded number of times, however many arguments are left open.
 */
function argumentEnds(input: string, grammar: Grammar): (open: number) => { shape: ArgumentShape; end: number } {
  const parenthesis = forward((from) => orNever(input.indexOf(")", from)));
  const terminator = forward((from) => {
    let at = input.indexOf(")", from);
    // Up to 1.30 the first one has to be it.
    while (at >= 0 && !isTerminator(input, at)) at = grammar === "1.22" ? -1 : input.indexOf(")", at + 1);
    return orNever(at);
  });
  const lineFeed = forward((from) => orNever(input.indexOf("\n", from)));
  const carriageReturn = forward((from) => orNever(input.indexOf("\r", from)));
  const limit = forward((from) => {
    boundary.lastIndex = from;
    return boundary.exec(input)?.index ?? input.length;
  });
  return (open) => {
    const last = terminator(open);
    if (last < Infinity) {
      const isTorn =
        grammar !== "1.22" && (lineFeed(open) < last || (grammar === "1.31" && carriageReturn(open) < last));
      if (!isTorn && input.charCodeAt(last + 1) === 37) return { shape: "last", end: last + 2 };
      if (!isTorn) return { shape: "good", end: last + 1 };
      if (callBoundary(open) > last) return { shape: "torn", end: last + 1 };
    }
    const first = parenthesis(open);
    return first < limit(open) ? { shape: "unended", end: first + 1 } : { shape: "unclosed", end: limit(open) };
  };

  /** The next call: unlike `limit`, it looks over line breaks. */
  function callBoundary(open: number): number {
    let at = limit(open);
    while (input[at] === "\n") at = limit(at + 1);
    return at;
  }
}

/** Whether the `)` at an offset ends an argument: `%` or `:digits%` follows it. */
function isTerminator(input: string, offset: number): boolean {
  let at = offset + 1;
  if (input.charCodeAt(at) === 58) {
    const digits = ++at;
    while (isDigit(input.charCodeAt(at))) at++;
    if (at === digits) return false;
  }
  return input.charCodeAt(at) === 37;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function orNever(index: number): number {
  return index < 0 ? Infinity : index;
}

/** A search that is asked from ever later offsets: what it found holds until it has been passed. */
function forward(find: (from: number) => number): (from: number) => number {
  let asked = Infinity;
  let found = -1;
  return (from) => {
    if (from < asked || from > found) {
      asked = from;
      found = find(from);
    }
    return found;
  };
}
