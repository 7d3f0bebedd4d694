import { endOfBlock } from "./block-content.ts";
import {
  BAR,
  COLON,
  DASH,
  GREATER,
  HASH,
  isUnusual,
  LF,
  oneOf,
  OPENING_BRACE,
  OPENING_BRACKET,
  SPACE,
  wordCharacters,
} from "./characters.ts";
import { decodeScalar } from "./decode-scalar.ts";
import { mayRepeat } from "./duplicate-keys.ts";
import { FlowLine } from "./flow-line.ts";
import { KnownBlocks } from "./known-blocks.ts";
import {
  endOfQuotedKey,
  isKeyCharacter,
  isKeyStart,
  isQuote,
  type Key,
  keyOf,
  plainKeyed,
  quotedScalar,
  quoteKeyed,
} from "./line-scalars.ts";
import { chompingOf, type ScalarToken } from "./scalar-token.ts";
import { plainValue } from "./scalar-value.ts";
import {
  list,
  type ListItem,
  type ListNode,
  map,
  type MapEntry,
  type MapNode,
  type Node,
  repetition,
  scalar,
  type ScalarNode,
  verbatimScalar,
} from "./tree.ts";

/**
 * Reads documents of block maps and lists as most policies are written: with scalars and flow collections of one line,
 * and literal and folded texts. What it takes, the other readers read to the same tree (conformance/fuzz-readers.ts); all
 * else it leaves to them: what goes on in the next line, anchors, aliases, tags, complex keys and such that come twice,
 * tabs, other line breaks than LF, and all that is or might be no YAML.
 */
export class BlockReader {
  readonly #source: string;
  readonly #keys: (KnownKey | undefined)[] = [];
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

  constructor(source: string) {
    this.#source = source;
  }

  /** The root of the document between two offsets; `undefined` if another reader has to read it. */
  read(start: number, end: number): Node | undefined {
    this.#entries.clear();
    this.#items.clear();
    this.#end = end;
    this.#depth = 0;
    this.#isRefused = false;
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
  #block(): MapNode | ListNode | undefined {
    return this.#isDash(this.#at) ? this.#list(this.#column) : this.#map(this.#column);
  }

  #map(column: number): MapNode | undefined {
    if (++this.#depth > deepest) return undefined;
    const entries = this.#entries;
    const outer = entries.size;
    const start = this.#at;
    let last: Node;
    do {
      const colon = this.#colon(this.#at);
      if (colon < 0) return undefined;
      const at = this.#at;
      const key = isQuote(this.#source.charCodeAt(at)) ? undefined : this.#key(at, colon);
      const value = this.#value(colon + 1, column, key);
      const entry = value && this.#entry(at, colon, key, value);
      if (entry === undefined || this.#column > column) return undefined;
      entries.push(entry);
      last = entry.value;
    } while (this.#column === column);
    this.#depth--;
    const taken = entries.takeFrom(outer);
    if (mayRepeat(taken)) return undefined;
    return map({ start, end: last.end }, taken);
  }

  /** What stands after the colon of a key. */
  #value(offset: number, column: number, key: KnownKey | undefined): Node | undefined {
    const at = this.#skipSpaces(offset);
    if (!this.#endsLine(at)) return this.#inLine(at, column);
    this.#nextLine(at);
    // A list may stand as far left as the key that it belongs to.
    const isBelow = this.#column > column || (this.#column === column && this.#isDash(this.#at));
    return isBelow ? this.#blockOf(key, column) : this.#empty(offset);
  }

  /** A map or a list that begins in the line after its key, which stands in a column. */
  #blockOf(key: KnownKey | undefined, outer: number): Node | undefined {
    if (key === undefined) return this.#block();
    const start = this.#at;
    const column = this.#column;
    const repeated = key.blocks && this.#repeated(key.blocks, outer);
    if (repeated !== undefined) return repeated;
    const node = this.#block();
    if (node !== undefined && !this.#isRefused) {
      key.blocks ??= new KnownBlocks(this.#source);
      key.blocks.add(node, { start, end: this.#startOfLine() }, column);
    }
    return node;
  }

  /** The block that begins here, if one of those that are known stands here, and nothing more of it follows. */
  #repeated(blocks: KnownBlocks, outer: number): Node | undefined {
    const start = this.#at;
    const column = this.#column;
    const known = blocks.find(start, column);
    if (known === undefined) return undefined;
    const end = start + known.length;
    if (end <= this.#end) {
      this.#line(end);
      const isOver = this.#column < column || (this.#column === outer && !this.#isDash(this.#at));
      // A blank line may belong to a text at its end.
      if (isOver && this.#startOfLine() === end) return repetition(known.node, start);
    }
    this.#at = start;
    this.#column = column;
    return undefined;
  }

  /** Where the next line begins that holds anything; the end of the document if there is none. */
  #startOfLine(): number {
    return this.#column < 0 ? this.#end : this.#at - this.#column;
  }

  #list(column: number): ListNode | undefined {
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
    if (!isList && this.#colon(at) < 0) return this.#inLine(at, column);
    this.#column = column + at - dash;
    this.#at = at;
    return isList ? this.#list(this.#column) : this.#map(this.#column);
  }

  #empty(at: number): ScalarNode {
    return verbatimScalar(this.#source, at, "plain", "", null);
  }

  /** The offset of the colon after a key of one line; negative if there is none. */
  #colon(offset: number): number {
    const source = this.#source;
    const first = source.charCodeAt(offset);
    let at = offset;
    if (isKeyStart(first)) {
      do at++;
      while (isKeyCharacter(source.charCodeAt(at)));
    } else if (isQuote(first)) {
      at = endOfQuotedKey(source, offset, this.#end);
    }
    if (source.charCodeAt(at) !== COLON || at === offset || at - offset > longestKey) return -1;
    const after = source.charCodeAt(at + 1);
    return after === SPACE || after === LF || at + 1 >= this.#end ? at : -1;
  }

  /** @param key if it is not in quotes. */
  #entry(start: number, colon: number, key: Key | undefined, value: Node): MapEntry | undefined {
    return key === undefined
      ? quoteKeyed(this.#source, start, colon, value)
      : plainKeyed(this.#source, start, key, value);
  }

  /** What a key means. The few that documents consist of are made once. */
  #key(start: number, end: number): KnownKey {
    const source = this.#source;
    const middle = source.charCodeAt((start + end) >> 1);
    const place = (31 * (end - start) + 7 * source.charCodeAt(start) + source.charCodeAt(end - 1) + 61 * middle) & 255;
    const known = this.#keys[place];
    if (known?.text.length === end - start) {
      let i = 0;
      while (i < known.text.length && known.text.charCodeAt(i) === source.charCodeAt(start + i)) i++;
      if (i === known.text.length) return known;
    }
    return (this.#keys[place] = { ...keyOf(source.slice(start, end)), blocks: undefined });
  }

  /** What begins in a line and is no block map or list. A text of several lines goes on as long as they are right of `column`. */
  #inLine(start: number, column: number): Node | undefined {
    const first = this.#source.charCodeAt(start);
    if (isPlainStart(first) || first > 0xa0) return this.#plain(start);
    if (isQuote(first)) return this.#alone(quotedScalar(this.#source, start, this.#end));
    switch (first) {
      case BAR:
      case GREATER:
        return this.#blockScalar(start, column);
      case OPENING_BRACKET:
      case OPENING_BRACE:
        return this.#alone(new FlowLine(this.#source, this.#end).read(start, deepest - this.#depth));
      case DASH:
        return this.#isDash(start) ? undefined : this.#plain(start);
      default:
        return undefined;
    }
  }

  /** The same node, if nothing but a comment stands after it in its line. */
  #alone(node: Node | undefined): Node | undefined {
    if (node === undefined) return undefined;
    const after = this.#skipSpaces(node.end);
    if (!this.#endsLine(after) || (after === node.end && this.#source.charCodeAt(after) === HASH)) return undefined;
    this.#nextLine(after);
    return node;
  }

  /** A literal or folded text: the lines that are indented as the first of them, or more deeply. */
  #blockScalar(start: number, column: number): ScalarNode | undefined {
    const source = this.#source;
    const chomping = chompingOf.get(source.charAt(start + 1));
    const headerEnd = chomping === undefined ? start + 1 : start + 2;
    const after = this.#skipSpaces(headerEnd);
    if (!this.#endsLine(after) || (after === headerEnd && source.charCodeAt(after) === HASH)) return undefined;
    const contentStart = this.#lineAfter(after);
    let line = contentStart;
    let indent = -1;
    let longestBlank = 0;
    while (line < this.#end) {
      const at = this.#skipSpaces(line);
      const isBlank = at >= this.#end || source.charCodeAt(at) === LF;
      if (isBlank && indent < 0) longestBlank = Math.max(longestBlank, at - line);
      if (!isBlank && indent < 0) indent = at - line;
      if (!isBlank && at - line < indent) break;
      line = this.#lineAfter(at);
    }
    if (indent <= column || longestBlank > indent) return undefined;
    const style = source.charCodeAt(start) === BAR ? "literal" : "folded";
    const whole: ScalarToken = { source, style, contentStart, contentEnd: line, indent, chomping: chomping ?? "clip" };
    const token = { ...whole, contentEnd: endOfBlock(whole) };
    const { text } = decodeScalar(token);
    this.#line(line);
    return scalar({ start, end: token.contentEnd }, token, text, text, undefined);
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

/** A key, and what stood below it. */
interface KnownKey extends Key {
  blocks: KnownBlocks | undefined;
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

  /** Takes everything off. What is above most documents is let go of; the rest is soon written over. */
  clear(): void {
    this.size = 0;
    if (this.#values.length > mostOpen) this.#values.length = 0;
  }
}

/** How many entries or items are open at once in most documents, at most. */
const mostOpen = 1000;

/** Nothing that is written by hand goes deeper; how deep others go, their reader says. */
const deepest = 100;

const longestKey = 128;

const isSpaceOrBreak = (unit: number): boolean => unit === SPACE || unit === LF;

const isPlainStart = oneOf(`${wordCharacters}.+$(;<=^~`);
