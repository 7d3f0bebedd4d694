import { CLOSING_BRACE, CLOSING_BRACKET, COLON, COMMA, OPENING_BRACE, OPENING_BRACKET, SPACE } from "./characters.ts";
import { mayRepeat } from "./duplicate-keys.ts";
import {
  endOfQuotedKey,
  isKeyCharacter,
  isKeyStart,
  isQuote,
  keyOf,
  plainKeyed,
  quotedScalar,
  quoteKeyed,
} from "./line-scalars.ts";
import { plainValue } from "./scalar-value.ts";
import { list, type ListItem, map, type MapEntry, type Node, type ScalarNode, verbatimScalar } from "./tree.ts";

/**
 * Reads flow collections that begin and end in one line, of words and quoted scalars: `[]`, `{kind: Mesh}`, `["a b"]`.
 * All else is left to other readers.
 */
export class FlowLine {
  readonly #source: string;
  /** Of the document. */
  readonly #end: number;

  constructor(source: string, end: number) {
    this.#source = source;
    this.#end = end;
  }

  /**
   * Reads the collection that begins at an offset.
   *
   * @param deepest how many collections may stand in each other.
   */
  read(start: number, deepest: number): Node | undefined {
    if (deepest === 0) return undefined;
    return this.#source.charCodeAt(start) === OPENING_BRACKET ? this.#list(start, deepest) : this.#map(start, deepest);
  }

  #list(start: number, deepest: number): Node | undefined {
    const items: ListItem[] = [];
    let at = this.#skipSpaces(start + 1);
    if (this.#unit(at) === CLOSING_BRACKET) return list({ start, end: at + 1 }, items);
    for (;;) {
      const value = this.#node(at, deepest);
      if (value === undefined) return undefined;
      items.push({ value });
      at = this.#skipSpaces(value.end);
      const unit = this.#unit(at);
      if (unit === CLOSING_BRACKET) return list({ start, end: at + 1 }, items);
      if (unit !== COMMA) return undefined;
      at = this.#skipSpaces(at + 1);
    }
  }

  #map(start: number, deepest: number): Node | undefined {
    const entries: MapEntry[] = [];
    let at = this.#skipSpaces(start + 1);
    if (this.#unit(at) === CLOSING_BRACE) return map({ start, end: at + 1 }, entries);
    for (;;) {
      const colon = this.#endOfKey(at);
      if (this.#unit(colon) !== COLON || this.#unit(colon + 1) !== SPACE) return undefined;
      const value = this.#node(this.#skipSpaces(colon + 1), deepest);
      const entry = value && this.#entry(at, colon, value);
      if (entry === undefined) return undefined;
      entries.push(entry);
      at = this.#skipSpaces(entry.value.end);
      const unit = this.#unit(at);
      if (unit === CLOSING_BRACE) return mayRepeat(entries) ? undefined : map({ start, end: at + 1 }, entries);
      if (unit !== COMMA) return undefined;
      at = this.#skipSpaces(at + 1);
    }
  }

  #entry(start: number, end: number, value: Node): MapEntry | undefined {
    const source = this.#source;
    if (isQuote(this.#unit(start))) return quoteKeyed(source, start, end, value);
    return plainKeyed(source, start, keyOf(source.slice(start, end)), value);
  }

  /** Where the key ends that begins at an offset; negative or that offset if none does. */
  #endOfKey(start: number): number {
    return isQuote(this.#unit(start)) ? endOfQuotedKey(this.#source, start, this.#end) : this.#endOfWord(start);
  }

  #node(start: number, deepest: number): Node | undefined {
    const unit = this.#unit(start);
    if (unit === OPENING_BRACKET || unit === OPENING_BRACE) return this.read(start, deepest - 1);
    return isQuote(unit) ? quotedScalar(this.#source, start, this.#end) : this.#word(start);
  }

  #word(start: number): ScalarNode | undefined {
    const end = this.#endOfWord(start);
    if (end === start) return undefined;
    const text = this.#source.slice(start, end);
    return verbatimScalar(this.#source, start, "plain", text, plainValue(text));
  }

  #endOfWord(start: number): number {
    if (!isKeyStart(this.#unit(start))) return start;
    let at = start + 1;
    while (isKeyCharacter(this.#unit(at))) at++;
    return at;
  }

  #skipSpaces(offset: number): number {
    let at = offset;
    while (this.#unit(at) === SPACE) at++;
    return at;
  }

  /** NaN after the end. */
  #unit(offset: number): number {
    return offset < this.#end ? this.#source.charCodeAt(offset) : NaN;
  }
}
