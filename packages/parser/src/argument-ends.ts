import { placeholder } from "./arguments/argument.ts";
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

/** Where an argument that nothing closes stops at the latest: before the next call, or at the end of the line. */
const boundary = new RegExp(`%(?:[A-Z0-9_]+\\(|[A-Z0-9_]{2,}(?:%|:[0-9]))|[\\n${placeholder}]`, "g");

/**
 * Finds where the arguments of a text end. Asked at ever later offsets it looks at each character a bounded number of
 * times, however many arguments are left open.
 */
export function argumentEnds(input: string, grammar: Grammar): ArgumentEnds {
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
