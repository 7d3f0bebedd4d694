import type { Span } from "@meshlog/parser";
import { type ScalarSourceMap, scalarSourceMap, verbatimSourceMap } from "./scalar-source-map.ts";
import { type Chomping, noBlock, type ScalarStyle, type ScalarToken } from "./scalar-token.ts";
import { keyText, type ScalarValue } from "./scalar-value.ts";

/** A node of a YAML or JSON document, with its place in the file. */
export type Node = MapNode | ListNode | ScalarNode;

/** A scalar. Its span is the whole token: with quotes, or from a block scalar's header to its last line. */
export interface ScalarNode extends Span, ScalarToken {
  readonly kind: "scalar";
  /** The decoded characters: without quotes, escapes, indentation. */
  readonly text: string;
  /** What go-yaml makes of it. */
  readonly value: ScalarValue;
  /** The tag as written (`!!str`), if there is one. */
  readonly tag?: string;
  /** Where each character of `text` stands in the file; made when first asked for. */
  sourceMap(): ScalarSourceMap;
}

/** A list. */
export interface ListNode extends Span, Repeatable<ListNode> {
  readonly kind: "list";
  readonly items: readonly ListItem[];
}

/** A map or a list, which may stand several times in a file in the same characters. */
interface Repeatable<N> {
  /**
   * The node that this one is a {@link repetition} of; the node itself, if it is none. What its characters mean without
   * their place can be kept for it.
   */
  readonly original: N;
  /**
   * What a function makes of the original, made once for all that stand there in the same characters and for all aliases.
   * It is kept as long as the original is, and no longer.
   */
  once<V>(make: (original: N) => V): V;
}

/** An item of a list. */
export interface ListItem {
  readonly value: Node;
  /** Where the alias stands through which the value is reached (`*name`): the node itself is that of the anchor. */
  readonly alias?: Span;
}

/** A map. */
export interface MapNode extends Span, Repeatable<MapNode> {
  readonly kind: "map";
  /**
   * The entries in the order in which go-yaml reads them, those of a merge key (`<<`) in its place. A key may come
   * twice: to Kuma the last one counts. {@link MapNode.get} and {@link MapNode.fields} know that.
   */
  readonly entries: readonly MapEntry[];
  /** The value of a key, `undefined` if it is not there. */
  get(name: string): Node | undefined;
  /** The entry of a key that counts. */
  entry(name: string): MapEntry | undefined;
  /** The entries that count, by name. */
  fields(): ReadonlyMap<string, MapEntry>;
}

/** An entry of a map. */
export interface MapEntry {
  readonly key: ScalarNode;
  /** The key as Kuma sees it: a number or a boolean became text. */
  readonly name: string;
  readonly value: Node;
  /** Where the alias stands through which the value is reached. */
  readonly alias?: Span;
  /** Where the merge key (`<<`) stands through which the entry is reached. Key and value are those of the merged map. */
  readonly merge?: Span;
}

/** A plain value, as JSON with `bigint` for integers that a double cannot hold. Maps have no prototype. */
export type Json = ScalarValue | readonly Json[] | { readonly [key: string]: Json };

/** The plain value of a node. What aliases repeat is converted once for all of them. */
export function toJson(node: Node): Json {
  return convert(node, new Map());
}

function convert(node: Node, aliased: Map<Node, Json>): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map((item) => convertChild(item, aliased));
    case "map": {
      const object = bareObject<Json>();
      // Of a key that comes twice the last value stays, as in `fields`.
      for (const entry of node.entries) object[entry.name] = convertChild(entry, aliased);
      return object;
    }
  }
}

function convertChild(child: ListItem | MapEntry, aliased: Map<Node, Json>): Json {
  const { value } = child;
  if (child.alias === undefined && !("merge" in child)) return convert(value, aliased);
  const known = aliased.get(value);
  if (known !== undefined) return known;
  const json = convert(value, aliased);
  aliased.set(value, json);
  return json;
}

/** An object that inherits nothing, with the fields of another. */
export function bareObject<V>(fields?: Readonly<Record<string, V>>): Record<string, V> {
  return Object.assign(new Bare() as Record<string, V>, fields);
}

/** Objects that inherit nothing, so that every name is a field; the engine keeps them as compact as those of a class. */
const Bare = function () {
  // It only has a prototype.
} as unknown as new () => object;
Bare.prototype = Object.create(null) as object;

/** What of a node is text to Kuma's Go types: that of a scalar, numbers and booleans included; else `undefined`. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" ? keyText(node.text, node.value) : undefined;
}

/** Makes a scalar of its token. */
export function scalar(
  { start, end }: Span,
  token: ScalarToken,
  text: string,
  value: ScalarValue,
  tag: string | undefined,
): ScalarNode {
  return new Scalar(start, end, token, text, value, tag);
}

/**
 * Makes a scalar whose text stands in the file as it is, in one line and without a tag.
 *
 * @param start where it begins: with its quote, if it has one.
 */
export function verbatimScalar(
  source: string,
  start: number,
  style: VerbatimStyle,
  text: string,
  value: ScalarValue,
): ScalarNode {
  return new VerbatimScalar(source, start, style, text, value);
}

/** Makes a map. */
export function map({ start, end }: Span, entries: readonly MapEntry[]): MapNode {
  return new Mapping(start, end, entries);
}

/**
 * Makes an entry of a map whose key is a text without quotes in one line.
 *
 * @param start where the key begins.
 */
export function plainEntry(source: string, start: number, name: string, value: Node): MapEntry {
  return new PlainEntry(source, start, name, value);
}

/** Makes a list. */
export function list({ start, end }: Span, items: readonly ListItem[]): ListNode {
  return new Listing(start, end, items);
}

/**
 * Makes the node of characters that stand somewhere else in the same file, where they were read. What is in it is made
 * when it is asked for.
 *
 * @param node of a tree without aliases.
 */
export function repetition({ original }: MapNode | ListNode, start: number): MapNode | ListNode {
  const end = start + original.end - original.start;
  return original.kind === "map"
    ? new Mapping(start, end, undefined, original)
    : new Listing(start, end, undefined, original);
}

/** The same node so many units further on. */
function moved(node: Node, by: number): Node {
  return node.kind === "scalar" ? movedScalar(node, by) : repetition(node, node.start + by);
}

function movedScalar(node: ScalarNode, by: number): ScalarNode {
  if (node instanceof VerbatimScalar) return node.moved(by);
  const { start, end, contentStart, contentEnd, text, value, tag } = node;
  const { source, style, indent, chomping } = node;
  const content = { contentStart: contentStart + by, contentEnd: contentEnd + by };
  return scalar(
    { start: start + by, end: end + by },
    { source, style, indent, chomping, ...content },
    text,
    value,
    tag,
  );
}

function movedEntry(entry: MapEntry, by: number): MapEntry {
  const { key, name, value } = entry;
  return entry instanceof PlainEntry ? entry.moved(by) : { key: movedScalar(key, by), name, value: moved(value, by) };
}

class Scalar implements ScalarNode {
  readonly kind = "scalar";
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly style: ScalarStyle;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly indent: number;
  readonly chomping: Chomping;
  readonly text: string;
  readonly value: ScalarValue;
  declare readonly tag?: string;
  #map: ScalarSourceMap | undefined;

  constructor(
    start: number,
    end: number,
    token: ScalarToken,
    text: string,
    value: ScalarValue,
    tag: string | undefined,
  ) {
    this.start = start;
    this.end = end;
    this.source = token.source;
    this.style = token.style;
    this.contentStart = token.contentStart;
    this.contentEnd = token.contentEnd;
    this.indent = token.indent;
    this.chomping = token.chomping;
    this.text = text;
    this.value = value;
    if (tag !== undefined) this.tag = tag;
  }

  sourceMap(): ScalarSourceMap {
    return (this.#map ??= scalarSourceMap(this, this.text));
  }
}

type VerbatimStyle = ScalarStyle & ("plain" | "single" | "double");

/** Nearly every scalar of a bundle is one of these, so it keeps no more than it must. */
class VerbatimScalar implements ScalarNode {
  readonly kind = "scalar";
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly style: VerbatimStyle;
  readonly text: string;
  readonly value: ScalarValue;

  constructor(source: string, start: number, style: VerbatimStyle, text: string, value: ScalarValue) {
    this.source = source;
    this.start = start;
    this.end = start + text.length + (style === "plain" ? 0 : 2);
    this.style = style;
    this.text = text;
    this.value = value;
  }

  get contentStart(): number {
    return this.style === "plain" ? this.start : this.start + 1;
  }

  get contentEnd(): number {
    return this.contentStart + this.text.length;
  }

  get indent(): number {
    return noBlock.indent;
  }

  get chomping(): Chomping {
    return noBlock.chomping;
  }

  sourceMap(): ScalarSourceMap {
    return verbatimSourceMap(this);
  }

  moved(by: number): ScalarNode {
    return new VerbatimScalar(this.source, this.start + by, this.style, this.text, this.value);
  }
}

/** What a map and a list have in common. */
abstract class Repeating<N extends Repeatable<N>> {
  readonly start: number;
  readonly end: number;
  readonly #original: N | undefined;
  #made: Made | undefined;

  /** @param original the one that it repeats, if it does. */
  constructor(start: number, end: number, original: N | undefined) {
    this.start = start;
    this.end = end;
    this.#original = original;
  }

  get original(): N {
    return this.#original ?? (this as unknown as N);
  }

  once<V>(make: (original: N) => V): V {
    if (this.#original !== undefined) return this.#original.once(make);
    for (let made = this.#made; made !== undefined; made = made.next) {
      if (made.by === make) return made.value as V;
    }
    const value = make(this.original);
    this.#made = { by: make, value, next: this.#made };
    return value;
  }
}

/** What functions made of a map or a list: of nearly all it is one at most. */
interface Made {
  readonly by: unknown;
  readonly value: unknown;
  readonly next: Made | undefined;
}

class Mapping extends Repeating<MapNode> implements MapNode {
  readonly kind = "map";
  #entries: readonly MapEntry[] | undefined;
  #fields: ReadonlyMap<string, MapEntry> | undefined;

  /** @param entries or, if they are to be made when they are asked for, the map that it repeats. */
  constructor(start: number, end: number, entries: readonly MapEntry[] | undefined, original?: MapNode) {
    super(start, end, original);
    this.#entries = entries;
  }

  get entries(): readonly MapEntry[] {
    return (this.#entries ??= this.#repeated());
  }

  #repeated(): readonly MapEntry[] {
    const { entries, start } = this.original;
    const by = this.start - start;
    return entries.map((entry) => movedEntry(entry, by));
  }

  get(name: string): Node | undefined {
    return this.entry(name)?.value;
  }

  entry(name: string): MapEntry | undefined {
    // Most maps have few keys, for which looking through them is quicker than an index.
    if (this.#fields !== undefined || this.entries.length > 8) return this.fields().get(name);
    for (let i = this.entries.length; i-- > 0;) {
      const entry = this.entries[i];
      if (entry?.name === name) return entry;
    }
    return undefined;
  }

  fields(): ReadonlyMap<string, MapEntry> {
    return (this.#fields ??= new Map(this.entries.map((entry) => [entry.name, entry])));
  }
}

class Listing extends Repeating<ListNode> implements ListNode {
  readonly kind = "list";
  #items: readonly ListItem[] | undefined;

  /** @param items or, if they are to be made when they are asked for, the list that it repeats. */
  constructor(start: number, end: number, items: readonly ListItem[] | undefined, original?: ListNode) {
    super(start, end, original);
    this.#items = items;
  }

  get items(): readonly ListItem[] {
    return (this.#items ??= this.#repeated());
  }

  #repeated(): readonly ListItem[] {
    const { items, start } = this.original;
    const by = this.start - start;
    return items.map(({ value }) => ({ value: moved(value, by) }));
  }
}

/** The node of its key is made when it is asked for, which is for findings alone. */
class PlainEntry implements MapEntry {
  readonly name: string;
  readonly value: Node;
  readonly #source: string;
  /** The key; before it is made, where it begins. */
  #key: ScalarNode | number;

  constructor(source: string, start: number, name: string, value: Node) {
    this.name = name;
    this.value = value;
    this.#source = source;
    this.#key = start;
  }

  get key(): ScalarNode {
    if (typeof this.#key === "number") {
      this.#key = verbatimScalar(this.#source, this.#key, "plain", this.name, this.name);
    }
    return this.#key;
  }

  moved(by: number): MapEntry {
    const start = typeof this.#key === "number" ? this.#key : this.#key.start;
    return new PlainEntry(this.#source, start + by, this.name, moved(this.value, by));
  }
}
