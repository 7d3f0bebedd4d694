import { decodeScalar } from "./decode-scalar.ts";
import { mayRepeat } from "./duplicate-keys.ts";
import { noBlock, type ScalarToken } from "./scalar-token.ts";
import { keyText, plainValue, type ScalarValue } from "./scalar-value.ts";
import {
  list,
  type ListItem,
  map,
  type MapEntry,
  type Node,
  plainEntry,
  scalar,
  type ScalarNode,
  verbatimScalar,
} from "./tree.ts";

/**
 * Reads documents of block maps and lists with plain and quoted scalars of one line, as most policies are written. What
 * it takes, the other readers read to the same tree (conformance/fuzz-readers.ts); all else it leaves to them: flow
 * collections, block scalars, anchors, aliases, tags, quoted or complex keys, tabs, other line breaks than LF, and all
 * that is or might be no YAML.
 */
export class BlockReader {
  readonly #source: string;
  readonly #keys: (Key | undefined)[] = [];
  /** What was read of the maps and lists that are open, the innermost last: a list for each would grow, and be garbage. */
  readonly #entries = new Stack<MapEntry>();
  readonly #items = new Stack<ListItem>();
  #end = 0;
  /** Where the content of the next line begins, and its column; at the end of the document the column is -1. */
  #at = 0;
  #column = -1;
  #depth = 0;
  /** Whether something was passed over that another reader has to read. */
  #isRefused = false;
  #repeatsKeys = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** Whether a key stands twice in a map of the document that was read last. */
  get repeatsKeys(): boolean {
    return this.#repeatsKeys;
  }

  /** The root of the document between two offsets; `undefined` if another reader has to read it. */
  read(start: number, end: number): Node | undefined {
    this.#end = end;
    this.#depth = 0;
    this.#isRefused = false;
    this.#repeatsKeys = false;
    this.#entries.size = this.#items.size = 0;
    if (this.#source.startsWith("---", start)) {
      const after = this.#skipSpaces(start + 3);
      if (!this.#endsLine(after) || this.#source[start + 3] === "#") return undefined;
      this.#nextLine(after);
    } else {
      this.#line(start);
    }
    if (this.#column < 0) return undefined;
    const root = this.#block();
    return this.#isAtEnd() ? root : undefined;
  }

  /** Whether the whole document was read, and nothing passed over that another reader has to read. */
  #isAtEnd(): boolean {
    return this.#column < 0 && !this.#isRefused;
  }

  /** A map or a list that begins in the next line. */
  #block(): Node | undefined {
    return this.#isDash(this.#at) ? this.#list(this.#column) : this.#map(this.#column);
  }

  #map(column: number): Node | undefined {
    if (++this.#depth > deepest) return undefined;
    const entries = this.#entries;
    const outer = entries.size;
    const start = this.#at;
    let last: Node;
    do {
      const colon = this.#colon(this.#at);
      if (colon < 0) return undefined;
      const at = this.#at;
      const key = this.#key(at, colon);
      const value = this.#value(colon + 1, column);
      if (key.name === undefined || value === undefined || this.#column > column) return undefined;
      entries.push(entryOf(this.#source, at, key, key.name, value));
      last = value;
    } while (this.#column === column);
    this.#depth--;
    const taken = entries.takeFrom(outer);
    this.#repeatsKeys ||= mayRepeat(taken);
    return map({ start, end: last.end }, taken);
  }

  /** What stands after the colon of a key. */
  #value(offset: number, column: number): Node | undefined {
    const at = this.#skipSpaces(offset);
    if (!this.#endsLine(at)) return this.#scalar(at);
    this.#nextLine(at);
    if (this.#column > column) return this.#block();
    // A list may stand as far left as the key that it belongs to.
    if (this.#column === column && this.#isDash(this.#at)) return this.#list(column);
    return this.#empty(offset);
  }

  #list(column: number): Node | undefined {
    if (++this.#depth > deepest) return undefined;
    const items = this.#items;
    const outer = items.size;
    const start = this.#at;
    let last: Node;
    do {
      const value = this.#item(column);
      if (value === undefined || this.#column > column) return undefined;
      items.push({ value });
      last = value;
    } while (this.#column === column && this.#isDash(this.#at));
    this.#depth--;
    return list({ start, end: last.end }, items.takeFrom(outer));
  }

  /** What stands after the dash of an item. */
  #item(column: number): Node | undefined {
    const dash = this.#at;
    const at = this.#skipSpaces(dash + 1);
    if (this.#endsLine(at)) {
      this.#nextLine(at);
      return this.#column > column ? this.#block() : this.#empty(dash + 1);
    }
    const isList = this.#isDash(at);
    if (!isList && this.#colon(at) < 0) return this.#scalar(at);
    this.#column = column + at - dash;
    this.#at = at;
    return isList ? this.#list(this.#column) : this.#map(this.#column);
  }

  #empty(at: number): ScalarNode {
    return verbatimScalar(this.#source, at, "plain", "", null);
  }

  /** The offset of the colon after a key; negative if there is no plain key of ordinary characters. */
  #colon(offset: number): number {
    const source = this.#source;
    if (!isKeyStart(source.charCodeAt(offset))) return -1;
    let at = offset + 1;
    while (isKeyCharacter(source.charCodeAt(at))) at++;
    if (source.charCodeAt(at) !== COLON || at - offset > longestKey) return -1;
    const after = source.charCodeAt(at + 1);
    return after === SPACE || after === LF || at + 1 >= this.#end ? at : -1;
  }

  /** What a key means. The few that documents consist of are made once. */
  #key(start: number, end: number): Key {
    const source = this.#source;
    const place = (31 * (end - start) + 7 * source.charCodeAt(start) + source.charCodeAt(end - 1)) & 255;
    const known = this.#keys[place];
    if (known?.text.length === end - start) {
      let i = 0;
      while (i < known.text.length && known.text.charCodeAt(i) === source.charCodeAt(start + i)) i++;
      if (i === known.text.length) return known;
    }
    const text = source.slice(start, end);
    const value = plainValue(text);
    return (this.#keys[place] = { text, value, name: keyText(text, value) });
  }

  /** A scalar of one line, and nothing but a comment after it. */
  #scalar(start: number): ScalarNode | undefined {
    const first = this.#source.charCodeAt(start);
    if (first === SINGLE_QUOTE) return this.#quoted("single", start, first);
    if (first === DOUBLE_QUOTE) return this.#quoted("double", start, first);
    return isPlainStart(first) || first > 0xa0 || (first === DASH && !this.#isDash(start))
      ? this.#plain(start)
      : undefined;
  }

  #plain(start: number): ScalarNode | undefined {
    const source = this.#source;
    let end = start;
    let at = start;
    for (; at < this.#end; at++) {
      const unit = source.charCodeAt(at);
      if (unit === LF) break;
      if (unit === SPACE) continue;
      if (isUnusual(unit)) return undefined;
      if (unit === HASH && source.charCodeAt(at - 1) === SPACE) break;
      if (unit === COLON && (at + 1 >= this.#end || isSpaceOrBreak(source.charCodeAt(at + 1)))) return undefined;
      end = at + 1;
    }
    this.#nextLine(at);
    const text = source.slice(start, end);
    const value = plainValue(text);
    if (typeof value === "number" && !Number.isFinite(value)) return undefined;
    return verbatimScalar(source, start, "plain", text, value);
  }

  #quoted(style: "single" | "double", start: number, quote: number): ScalarNode | undefined {
    const source = this.#source;
    let isVerbatim = true;
    let at = start + 1;
    for (; ; at++) {
      if (at >= this.#end) return undefined;
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
    const after = this.#skipSpaces(at + 1);
    if (!this.#endsLine(after) || (after === at + 1 && source.charCodeAt(after) === HASH)) return undefined;
    this.#nextLine(after);
    if (isVerbatim) {
      const text = source.slice(start + 1, at);
      return verbatimScalar(source, start, style, text, text);
    }
    const token: ScalarToken = { source, style, contentStart: start + 1, contentEnd: at, ...noBlock };
    const { text } = decodeScalar(token);
    return scalar({ start, end: at + 1 }, token, text, text, undefined);
  }

  #isDash(offset: number): boolean {
    if (this.#source.charCodeAt(offset) !== DASH) return false;
    return offset + 1 >= this.#end || isSpaceOrBreak(this.#source.charCodeAt(offset + 1));
  }

  #skipSpaces(offset: number): number {
    while (offset < this.#end && this.#source.charCodeAt(offset) === SPACE) offset++;
    return offset;
  }

  /** Whether nothing but a comment stands in the rest of a line. */
  #endsLine(offset: number): boolean {
    if (offset >= this.#end) return true;
    const unit = this.#source.charCodeAt(offset);
    return unit === LF || unit === HASH;
  }

  /** Goes to the line after one in which nothing else stands than a comment. */
  #nextLine(offset: number): void {
    this.#line(this.#lineAfter(offset));
  }

  /** Goes to the content of a line, or of the first after it that holds anything but a comment. */
  #line(start: number): void {
    for (let line = start; line < this.#end;) {
      const at = this.#skipSpaces(line);
      if (!this.#endsLine(at)) {
        this.#at = at;
        this.#column = at - line;
        return;
      }
      line = this.#lineAfter(at);
    }
    this.#at = this.#end;
    this.#column = -1;
  }

  /** The line after one of whose rest only a comment may stand; the end where the comment is for other readers. */
  #lineAfter(offset: number): number {
    let at = offset;
    for (; at < this.#end; at++) {
      const unit = this.#source.charCodeAt(at);
      if (unit === LF) return at + 1;
      if (isUnusual(unit)) this.#isRefused = true;
    }
    return this.#end;
  }
}

/** What is read is put on top; what was put there since a time is taken off together. */
class Stack<T> {
  size = 0;
  readonly #values: T[] = [];

  push(value: T): void {
    this.#values[this.size++] = value;
  }

  /** Those above the first few, which are left. */
  takeFrom(size: number): readonly T[] {
    const taken = this.#values.slice(size, this.size);
    this.size = size;
    return taken;
  }
}

function entryOf(source: string, start: number, { text, value: meaning }: Key, name: string, value: Node): MapEntry {
  return meaning === text
    ? plainEntry(source, start, name, value)
    : { key: verbatimScalar(source, start, "plain", text, meaning), name, value };
}

/** A key, and what it means; it has no name if it is none to Kuma. */
interface Key {
  readonly text: string;
  readonly value: ScalarValue;
  readonly name: string | undefined;
}

/** Nothing that is written by hand goes deeper; how deep others go, their reader says. */
const deepest = 100;

const longestKey = 128;

/** What no ordinary text holds: control characters, line breaks, byte order marks, surrogates. */
function isUnusual(unit: number): boolean {
  if (unit <= 0x7e) return unit < SPACE;
  return unit <= 0xa0 || unit === 0x2028 || unit === 0x2029 || isSurrogate(unit) || unit === 0xfeff || unit > 0xfffd;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** What may follow a backslash. The other escapes, and what is none, are for the other readers. */
const ordinaryEscapes = '"\\/nt';

const LF = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const DASH = 45;
const COLON = 58;
const BACKSLASH = 92;

const isSpaceOrBreak = (unit: number): boolean => unit === SPACE || unit === LF;

const wordCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/";
const isKeyStart = oneOf(wordCharacters);
const isKeyCharacter = oneOf(`${wordCharacters}.-`);
const isPlainStart = oneOf(`${wordCharacters}.+$(;<=^~`);

/** Whether a UTF-16 unit is one of some ASCII characters. */
function oneOf(characters: string): (unit: number) => boolean {
  const units = new Uint8Array(128);
  for (let i = 0; i < characters.length; i++) units[characters.charCodeAt(i)] = 1;
  return (unit) => unit < 128 && units[unit] === 1;
}
