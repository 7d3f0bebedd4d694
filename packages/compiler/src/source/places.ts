import type { Span } from "@meshlog/parser";
import { isBreak, startOfBreak } from "./line-breaks.ts";
import type { ScalarToken } from "./scalar-token.ts";

/** The whole token of a scalar: its quotes, a block scalar's header. `after` is where the token before it ended. */
export function tokenSpan({ source, style, contentStart, contentEnd }: ScalarToken, after: number): Span {
  switch (style) {
    case "plain":
      return { start: contentStart, end: contentEnd };
    case "single":
    case "double": {
      const quote = style === "single" ? "'" : '"';
      return { start: contentStart - 1, end: source[contentEnd] === quote ? contentEnd + 1 : contentEnd };
    }
    case "literal":
    case "folded": {
      const indicator = style === "literal" ? "|" : ">";
      const line = source.slice(Math.max(after, lineStart(source, contentStart)), contentStart);
      const header = line.indexOf(indicator);
      return { start: contentStart - (header < 0 ? 0 : line.length - header), end: contentEnd };
    }
  }
}

/** Where the line of a block scalar's header begins; its content begins on the next. */
function lineStart(source: string, contentStart: number): number {
  let offset = startOfBreak(source, contentStart);
  while (offset > 0 && !isBreak(source.charCodeAt(offset - 1))) offset--;
  return offset;
}

const indicator = /[-:?](?=[\s\x85,[\]{}]|$)/y;
const properties = /[ \t]*[&!][^\s\x85,[\]{}]*/y;

/** The offset after a pattern (sticky), or the offset itself if it does not stand there. */
function skip(pattern: RegExp, source: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(source) ? pattern.lastIndex : offset;
}

/** The offset after white space and comments. */
function skipSpace(source: string, offset: number): number {
  for (;;) {
    const character = source.charAt(offset);
    if (character === "#") while (offset < source.length && !isBreak(source.charCodeAt(offset))) offset++;
    else if (isBreak(source.charCodeAt(offset)) || (character !== "" && " \t\ufeff".includes(character))) offset++;
    else return offset;
  }
}

/** An empty node stands after its indicator and its anchor and tag, or where the token before it ended. */
export function emptyPlace(source: string, last: number): number {
  const at = skipSpace(source, last);
  let place = skip(indicator, source, at);
  while (skip(properties, source, place) > place) place = skip(properties, source, place);
  return place > at ? place : last;
}

/** The offset after a flow collection's closing bracket, or `last` where that is missing. */
export function endOfFlow(source: string, last: number, bracket: string): number {
  let offset = last;
  for (;;) {
    offset = skipSpace(source, offset);
    const character = source.charAt(offset);
    if (character === bracket) return offset + 1;
    if (character === "" || !",:?".includes(character)) return last;
    offset++;
  }
}
