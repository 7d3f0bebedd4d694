import { BACKSLASH, DOUBLE_QUOTE, isUnusual, LF, oneOf, SINGLE_QUOTE, wordCharacters } from "./characters.ts";
import { decodeScalar } from "./decode-scalar.ts";
import { noBlock, type ScalarToken } from "./scalar-token.ts";
import { keyText, plainValue, type ScalarValue } from "./scalar-value.ts";
import { type MapEntry, type Node, plainEntry, scalar, type ScalarNode, verbatimScalar } from "./tree.ts";

/** What a plain key that needs no second look begins with, and what else stands in it. */
export const isKeyStart: (unit: number) => boolean = oneOf(wordCharacters);
export const isKeyCharacter: (unit: number) => boolean = oneOf(`${wordCharacters}.-`);

/** A plain key, and what it means; it has no name if it is none to Kuma. */
export interface Key {
  readonly text: string;
  readonly value: ScalarValue;
  readonly name: string | undefined;
}

/** A plain key by its text. */
export function keyOf(text: string): Key {
  const value = plainValue(text);
  return { text, value, name: keyText(text, value) };
}

/** The entry of a plain key; `undefined` if the key is none. */
export function plainKeyed(source: string, start: number, key: Key, value: Node): MapEntry | undefined {
  const { text, value: meaning, name } = key;
  if (name === undefined) return undefined;
  if (meaning === text) return plainEntry(source, start, name, value);
  return { key: verbatimScalar(source, start, "plain", text, meaning), name, value };
}

/** The entry of a key in quotes whose text stands in the file as it is. */
export function quoteKeyed(source: string, start: number, end: number, value: Node): MapEntry {
  const style = source.charCodeAt(start) === SINGLE_QUOTE ? "single" : "double";
  const name = source.slice(start + 1, end - 1);
  return { key: verbatimScalar(source, start, style, name, name), name, value };
}

/** Whether a unit is a quote. */
export function isQuote(unit: number): boolean {
  return unit === SINGLE_QUOTE || unit === DOUBLE_QUOTE;
}

/**
 * Reads a quoted scalar of one line. One with what is unusual, such as an escape that few write, is left to other readers.
 *
 * @param start where its quote stands.
 * @param end of the document.
 */
export function quotedScalar(source: string, start: number, end: number): ScalarNode | undefined {
  const quote = source.charCodeAt(start);
  const style = quote === SINGLE_QUOTE ? "single" : "double";
  let isVerbatim = true;
  let at = start + 1;
  for (; ; at++) {
    if (at >= end) return undefined;
    const unit = source.charCodeAt(at);
    if (unit === LF || isUnusual(unit)) return undefined;
    if (unit === BACKSLASH && style === "double") {
      if (!ordinaryEscapes.includes(source.charAt(++at))) return undefined;
      isVerbatim = false;
    } else if (unit === quote) {
      if (style === "double" || source.charCodeAt(at + 1) !== quote) break;
      at++;
      isVerbatim = false;
    }
  }
  if (isVerbatim) {
    const text = source.slice(start + 1, at);
    return verbatimScalar(source, start, style, text, text);
  }
  const token: ScalarToken = { source, style, contentStart: start + 1, contentEnd: at, ...noBlock };
  const { text } = decodeScalar(token);
  return scalar({ start, end: at + 1 }, token, text, text, undefined);
}

/** Where a quoted key ends whose text stands in the file as it is; negative if it is another. */
export function endOfQuotedKey(source: string, start: number, end: number): number {
  const quote = source.charCodeAt(start);
  for (let at = start + 1; at < end; at++) {
    const unit = source.charCodeAt(at);
    if (unit === quote) return source.charCodeAt(at + 1) === quote ? -1 : at + 1;
    if (unit === LF || unit === BACKSLASH || isUnusual(unit)) return -1;
  }
  return -1;
}

/** What may follow a backslash. The other escapes, and what is none, are for the other readers. */
const ordinaryEscapes = '"\\/nt';
