import { placeholder } from "./arguments/argument.ts";
import { COLON, isDigit, PERCENT } from "./characters.ts";
import type { Grammar } from "./dialect.ts";

/**
 * How an argument ends.
 * - `last`: `(…)%`, which ends its call, too.
 * - `good`: `(…)` that Envoy can read, with a limit after it.
 * - `torn`: `(…)` that only the line break in it keeps Envoy from reading.
 * - `unended`: `(…)` after which no `%` comes.
 * - `unclosed`: `(…` to the next call or the end of the line.
 */
export type ArgumentShape = "last" | "good" | "torn" | "unended" | "unclosed";

/** Finds where the argument ends whose `(` is at an offset. */
export type ArgumentEnds = (open: number) => { readonly shape: ArgumentShape; readonly end: number };

/** The next call, or what Kuma replaces: before it an argument stops at the latest that nothing closes. */
const nextCall = new RegExp(`%(?:[A-Z0-9_]+\\(|[A-Z0-9_]{2,}(?:%|:[0-9]))|${placeholder}`, "g");

/**
 * Finds where the arguments of a text end. Asked at ever later offsets it looks at each character a bounded number of
 * times, however many arguments are left open.
 */
export function argumentEnds(input: string, grammar: Grammar): ArgumentEnds {
  const parenthesis = forward((from) => orNever(input.indexOf(")", from)));
  const terminator = forward((from) => {
    let at = input.indexOf(")", from);
    while (at >= 0 && !isTerminator(input, at)) at = input.indexOf(")", at + 1);
    return orNever(at);
  });
  const lineFeed = forward((from) => orNever(input.indexOf("\n", from)));
  const carriageReturn = forward((from) => orNever(input.indexOf("\r", from)));
  const call = forward((from) => {
    nextCall.lastIndex = from;
    return nextCall.exec(input)?.index ?? input.length;
  });
  return (open) => {
    const first = parenthesis(open);
    const last = grammar === "1.22" ? firstIfTerminator(first) : terminator(open);
    if (last < Infinity) {
      const isTorn =
        grammar !== "1.22" && (lineFeed(open) < last || (grammar === "1.31" && carriageReturn(open) < last));
      if (!isTorn && input.charCodeAt(last + 1) === PERCENT) return { shape: "last", end: last + 2 };
      if (!isTorn) return { shape: "good", end: last + 1 };
      if (call(open) > last) return { shape: "torn", end: last + 1 };
    }
    const limit = Math.min(call(open), lineFeed(open));
    return first < limit ? { shape: "unended", end: first + 1 } : { shape: "unclosed", end: limit };
  };

  /** Up to Envoy 1.30 the first `)` has to be the one that ends an argument. */
  function firstIfTerminator(first: number): number {
    return first < Infinity && isTerminator(input, first) ? first : Infinity;
  }
}

/** Whether the `)` at an offset ends an argument: `%` or `:digits%` follows it. */
function isTerminator(input: string, offset: number): boolean {
  let at = offset + 1;
  if (input.charCodeAt(at) === COLON) {
    const digits = ++at;
    while (isDigit(input.charCodeAt(at))) at++;
    if (at === digits) return false;
  }
  return input.charCodeAt(at) === PERCENT;
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
