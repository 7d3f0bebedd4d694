import type { Span, TextEdit } from "@meshlog/parser";
import { replaceInScalar } from "../source/encode-scalar.ts";
import type { Node, ScalarNode } from "../source/tree.ts";
import { goQuoteJson, writeGoJson } from "./go-json.ts";
import { type NodeAt, nodeJson } from "./json-view.ts";

/** The JSON text of a value as Go's `json.Marshal` writes it, and where its characters come from. */
export interface RawJson {
  readonly text: string;
  spanToSource(span: Span): Span;
  /** An edit of the text as one of the file; `undefined` where the two do not go together. */
  editSource(edit: TextEdit): TextEdit | undefined;
}

/** A string of the value, with its quotes, in the text. */
interface Piece extends Span {
  readonly node: ScalarNode;
  /** Where each character of the text stands in the node's; absent where they are the same. */
  readonly offsets?: readonly number[];
}

/** No body that means something is longer; only aliases make one. */
const longest = 1_000_000;

/** Writes a value as raw JSON: compact, keys sorted. `undefined` if it is too long to be meant. */
export function rawJson(root: Node): RawJson | undefined {
  const pieces: Piece[] = [];
  const texts: string[] = [];
  let length = 0;
  const write = (text: string): void => {
    texts.push(text);
    length += text.length;
  };
  writeGoJson<NodeAt>({ node: root, at: [] }, nodeJson, {
    write,
    text(text, from) {
      const node = from === undefined || !("node" in from) ? from : from.node;
      if (node?.kind !== "scalar") return;
      const start = length;
      if (start + text.length > longest) {
        length = Infinity;
        return;
      }
      const quoted = goQuoteJson(text);
      write(quoted);
      const isVerbatim = text === node.text && quoted.length === text.length + 2;
      pieces.push({ start, end: length, node, ...(isVerbatim ? {} : { offsets: offsetsOf(text) }) });
    },
    isFull: () => length > longest,
  });
  return length > longest ? undefined : textOf(texts.join(""), pieces, root);
}

function textOf(text: string, pieces: readonly Piece[], root: Node): RawJson {
  return {
    text,
    spanToSource({ start, end }) {
      const first = pieces.find((piece) => start < piece.end) ?? pieces.at(-1);
      const last = pieces.findLast((piece) => piece.start < end) ?? first;
      if (first === undefined || last === undefined) return { start: root.start, end: root.end };
      const from = first.node.sourceMap().spanToSource(within(first, { start, end })).start;
      const to = last.node.sourceMap().spanToSource(within(last, { start, end })).end;
      return { start: from, end: Math.max(from, to) };
    },
    editSource(edit) {
      const piece = pieces.find(({ start, end }) => start < edit.start && edit.end < end);
      if (piece === undefined || piece.offsets !== undefined || goQuoteJson(edit.text) !== `"${edit.text}"`)
        return undefined;
      return replaceInScalar(piece.node, within(piece, edit), edit.text);
    },
  };
}

/** The part of a span that is in a piece, as a span of its node's text. */
function within({ start, end, node, offsets }: Piece, span: Span): Span {
  const offset = (at: number): number => {
    const inside = Math.min(Math.max(at, start + 1), end - 1) - start - 1;
    return Math.min(offsets === undefined ? inside : (offsets[inside] ?? node.text.length), node.text.length);
  };
  return { start: offset(span.start), end: offset(span.end) };
}

function offsetsOf(text: string): readonly number[] {
  const offsets: number[] = [];
  for (let i = 0; i < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
    const written = goQuoteJson(character).length - 2;
    for (let j = 0; j < written; j++) offsets.push(written === character.length ? i + j : i);
    i += character.length;
  }
  offsets.push(text.length);
  return offsets;
}
