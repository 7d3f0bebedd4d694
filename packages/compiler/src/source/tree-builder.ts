import type { Span } from "@meshlog/parser";
import { endOfBlock } from "./block-content.ts";
import { decodeScalar } from "./decode-scalar.ts";
import { emptyPlace, endOfFlow, tokenSpan } from "./places.ts";
import { noBlock, type ScalarToken } from "./scalar-token.ts";
import { isBreak } from "./line-breaks.ts";
import { keyText, readScalar } from "./scalar-value.ts";
import { list, type ListItem, map, type MapEntry, type Node, scalar, type ScalarNode } from "./tree.ts";

/** Something in a document that Kuma cannot read. */
export interface Problem extends Span {
  readonly code: "io/yaml" | "io/too-deep" | "io/alias-bomb";
  /** A clause without a full stop; of `io/yaml` alone. */
  readonly problem: string;
}

/** What stands before a node: `&anchor` and `!tag`. */
export interface Properties {
  readonly anchor?: string | undefined;
  readonly tag?: string | undefined;
}

/**
 * Maps and lists may be nested this deep, aliases followed. Kuma itself goes to 10,000; nothing that it reads comes
 * near 500, and every stage after this one may recurse.
 */
export const maxDepth = 500;

interface Anchor {
  /** Not there while the node is being read. */
  node?: Node;
  weight: Weight;
}

/** How large a node is with its aliases written out. */
interface Weight {
  readonly nodes: number;
  readonly depth: number;
}

interface Frame {
  readonly kind: "map" | "list";
  readonly start: number;
  readonly flow: boolean;
  readonly anchor: Anchor | undefined;
  readonly items: ListItem[];
  readonly entries: MapEntry[];
  /** A map's key that waits for its value; `invalid` if it can be none. */
  key: ScalarNode | "invalid" | undefined;
  keyAlias: Span | undefined;
  nodes: number;
  depth: number;
}

/**
 * Builds a document's tree from the events of a reader, in the order of the text. What both readers must agree on is
 * here: spans, empty nodes, anchors, merge keys, the meaning of scalars, limits.
 */
export class TreeBuilder {
  readonly problems: Problem[] = [];
  root: Node | undefined;
  /**
   * Something that js-yaml takes and go-yaml does not, or not always: a key over several lines, which is good after `?`
   * alone; keys of a map or the map of a key that stand where they cannot; a block scalar that is the whole document.
   */
  isDoubtful = false;
  readonly #source: string;
  readonly #anchors = new Map<string, Anchor>();
  readonly #frames: Frame[] = [];
  /** Where the last token ended. */
  #last: number;
  /** Nodes so far with aliases written out, and how many of them come from aliases. */
  #nodes = 0;
  #aliased = 0;
  #refused = false;

  /** `start` is where the document begins in `source`, the text of the whole file. */
  constructor(source: string, start: number) {
    this.#source = source;
    this.#last = start;
  }

  open(kind: "map" | "list", start: number, flow: boolean, properties: Properties): void {
    const bracketed = flow && this.#source[start] === (kind === "map" ? "{" : "[");
    this.#frames.push({
      kind,
      start,
      flow: bracketed,
      anchor: this.#anchor(properties),
      items: [],
      entries: [],
      key: undefined,
      keyAlias: undefined,
      nodes: 1,
      depth: 1,
    });
    this.#nodes++;
    this.#last = bracketed ? start + 1 : start;
    if (this.#frames.length > maxDepth) this.#refuse("io/too-deep", { start, end: start + 1 });
  }

  close(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (frame.flow) this.#last = endOfFlow(this.#source, this.#last, frame.kind === "map" ? "}" : "]");
    const start = frame.flow || frame.kind === "list" ? frame.start : (ownKey(frame.entries)?.start ?? frame.start);
    if (frame.kind === "map" && !frame.flow) this.#doubtIndent(start, this.#frames.at(-1));
    const span = { start, end: Math.max(start, this.#last) };
    const node: Node = frame.kind === "map" ? map(span, frame.entries) : list(span, frame.items);
    this.#finish(node, frame.anchor, frame);
  }

  /** A map stands further right than the key that it belongs to. */
  #doubtIndent(start: number, parent: Frame | undefined): void {
    if (parent?.kind !== "map" || parent.flow || parent.key === undefined || parent.key === "invalid") return;
    if (this.#column(start) <= this.#column(parent.key.start)) this.isDoubtful = true;
  }

  /** A key stands in one line, and below the one before it. */
  #doubtKey({ flow, entries }: Frame, { start, end }: Node): void {
    if (this.#hasBreak(start, end)) this.isDoubtful = true;
    const first = flow ? undefined : ownKey(entries);
    if (first !== undefined && this.#column(first.start) !== this.#column(start)) this.isDoubtful = true;
  }

  #hasBreak(start: number, end: number): boolean {
    for (let offset = start; offset < end; offset++) if (isBreak(this.#source.charCodeAt(offset))) return true;
    return false;
  }

  #column(offset: number): number {
    let start = offset;
    while (start > 0 && !isBreak(this.#source.charCodeAt(start - 1))) start--;
    return offset - start;
  }

  scalar(given: ScalarToken, verbatim: boolean, properties: Properties): void {
    const isBlock = given.style === "literal" || given.style === "folded";
    // At the root js-yaml counts the spaces that `|2` asks for from -1 on, and go-yaml from 0.
    if (isBlock && this.#frames.length === 0) this.isDoubtful = true;
    const token = isBlock ? { ...given, contentEnd: endOfBlock(given) } : given;
    const { source, contentStart, contentEnd } = token;
    const span = tokenSpan(token, this.#last);
    const text = verbatim ? source.slice(contentStart, contentEnd) : decodeScalar(token).text;
    this.#last = span.end;
    this.#scalar(span, token, text, properties);
  }

  /** A node that is not written: `key:` and the end of the line. A document of nothing else has no root. */
  empty(properties: Properties): void {
    if (this.#frames.length === 0 && properties.tag === undefined) return;
    this.#last = emptyPlace(this.#source, this.#last);
    this.#empty(this.#last, properties);
  }

  #empty(at: number, properties: Properties): void {
    const token: ScalarToken = { source: this.#source, style: "plain", contentStart: at, contentEnd: at, ...noBlock };
    this.#scalar({ start: at, end: at }, token, "", properties);
  }

  /** `*name`; the span has the asterisk. */
  alias(name: string, span: Span): void {
    this.#last = span.end;
    this.#nodes++;
    const anchor = this.#anchors.get(name);
    if (anchor?.node === undefined) {
      const why = anchor ? `the alias *${name} stands inside its own anchor` : `nothing before it is anchored &${name}`;
      this.problems.push({ code: "io/yaml", ...span, problem: `${why}, so there is nothing to put here` });
      this.#empty(span.end, {});
      return;
    }
    this.#spend(anchor.weight.nodes, span);
    this.#add(anchor.node, anchor.weight, span);
  }

  #anchor({ anchor }: Properties): Anchor | undefined {
    if (anchor === undefined) return undefined;
    const cell: Anchor = { weight: { nodes: 1, depth: 0 } };
    this.#anchors.set(anchor, cell);
    return cell;
  }

  #scalar(span: Span, token: ScalarToken, text: string, properties: Properties): void {
    const tag = properties.tag === undefined ? undefined : shortTag(properties.tag);
    const reading = readScalar(text, token.style, tag);
    if ("problem" in reading) this.problems.push({ code: "io/yaml", ...span, problem: reading.problem });
    const value = "problem" in reading ? text : reading.value;
    const anchor = this.#anchor(properties);
    this.#nodes++;
    this.#finish(scalar(span, token, text, value, tag), anchor, ofScalar);
  }

  #finish(node: Node, anchor: Anchor | undefined, weight: Weight): void {
    if (anchor) {
      anchor.node = node;
      anchor.weight = { nodes: weight.nodes, depth: weight.depth };
    }
    this.#add(node, weight, undefined);
  }

  #add(node: Node, weight: Weight, alias: Span | undefined): void {
    const frame = this.#frames.at(-1);
    const isKey = frame?.kind === "map" && frame.key === undefined;
    if (!isKey && !alias) this.#checkNumber(node);
    if (frame === undefined) {
      this.root = node;
      return;
    }
    frame.nodes += weight.nodes;
    frame.depth = Math.max(frame.depth, weight.depth + 1);
    if (alias && this.#frames.length + weight.depth > maxDepth) this.#refuse("io/too-deep", alias);
    if (frame.kind === "list") frame.items.push(alias ? { value: node, alias } : { value: node });
    else if (frame.key === undefined) this.#key(frame, node, alias);
    else this.#value(frame, frame.key, node, alias);
  }

  /** Kuma turns YAML into JSON before it reads it. */
  #checkNumber(node: Node): void {
    if (node.kind !== "scalar" || typeof node.value !== "number" || Number.isFinite(node.value)) return;
    const { start, end, text } = node;
    this.problems.push({
      code: "io/yaml",
      start,
      end,
      problem: `JSON has no number ${text}; quote it if it is a text`,
    });
  }

  #key(frame: Frame, node: Node, alias: Span | undefined): void {
    const isKey = node.kind === "scalar" && node.value !== null;
    frame.key = isKey ? node : "invalid";
    frame.keyAlias = alias;
    if (isKey && alias === undefined) this.#doubtKey(frame, node);
    if (isKey) return;
    const what = node.kind === "scalar" ? "nothing" : `a ${node.kind}`;
    const { start, end } = alias ?? node;
    const problem = `the key of an entry is ${what}, and Kuma knows only text, numbers and booleans as keys`;
    this.problems.push({ code: "io/yaml", start, end, problem });
  }

  #value(frame: Frame, key: ScalarNode | "invalid", value: Node, alias: Span | undefined): void {
    const place = frame.keyAlias;
    frame.key = undefined;
    frame.keyAlias = undefined;
    if (key === "invalid") return;
    if (isMerge(key)) {
      this.#merge(frame, place ?? { start: key.start, end: key.end }, value, alias);
      return;
    }
    const name = keyText(key.text, key.value) ?? "";
    frame.entries.push(alias ? { key, name, value, alias } : { key, name, value });
  }

  /**
   * go-yaml v2 sets the keys of a merged map where the merge key stands: they win over entries before it, and those
   * after it win over them. Of several maps the first wins, so they are set from the last on (decode.go, merge).
   */
  #merge(frame: Frame, merge: Span, value: Node, alias: Span | undefined): void {
    const sources = value.kind === "list" ? value.items.toReversed() : [{ value, ...(alias && { alias }) }];
    for (const source of sources) {
      if (source.value.kind !== "map") {
        const { start, end } = source.alias ?? source.value;
        const problem = "a merge key (<<) takes a map or a list of maps";
        this.problems.push({ code: "io/yaml", start, end, problem });
        continue;
      }
      const { entries } = source.value;
      // Entries that are copied a second time cost what an alias of them would.
      if (!this.#spend(entries.length, merge)) return;
      frame.nodes += entries.length;
      for (const entry of entries) frame.entries.push({ ...entry, merge });
    }
  }

  /**
   * Counts what an alias stands for; false if it is too much. The limit is go-yaml's ("document contains excessive
   * aliasing", decode.go): up to 99 in 100 nodes of a small document may come from aliases, one in ten of a large one,
   * 400,000 in any case.
   */
  #spend(nodes: number, span: Span): boolean {
    if (this.#refused) return false;
    this.#nodes += nodes;
    this.#aliased += nodes;
    const range = Math.min(1, Math.max(0, (this.#nodes - 400_000) / 3_600_000));
    if (this.#aliased <= 100 || this.#nodes <= 1000 || this.#aliased / this.#nodes <= 0.99 - 0.89 * range) return true;
    this.#refuse("io/alias-bomb", span);
    return false;
  }

  #refuse(code: "io/too-deep" | "io/alias-bomb", { start, end }: Span): void {
    if (!this.#refused) this.problems.push({ code, start, end, problem: "" });
    this.#refused = true;
  }
}

const ofScalar: Weight = { nodes: 1, depth: 0 };

const isMerge = (key: ScalarNode): boolean =>
  key.text === "<<" && (key.tag === "!!merge" || (key.tag === undefined && key.style === "plain"));

const ownKey = (entries: readonly MapEntry[]): ScalarNode | undefined => entries.find(({ merge }) => !merge)?.key;

const longTag = /^!<tag:yaml\.org,2002:(.*)>$/;

const shortTag = (tag: string): string => tag.replace(longTag, "!!$1");
