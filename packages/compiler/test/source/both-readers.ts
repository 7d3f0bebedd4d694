import { BlockReader } from "../../src/source/block-reader.ts";
import { readEvents } from "../../src/source/events-reader.ts";
import type { Node } from "../../src/source/tree.ts";
import type { TreeBuilder } from "../../src/source/tree-builder.ts";
import { splitDocuments } from "../../src/source/split-documents.ts";
import { readTolerantly } from "../../src/source/yaml-reader.ts";

/** A node with all that the readers hand over, without the file's text in every scalar. */
export function shape(node: Node): unknown {
  const span = [node.start, node.end];
  switch (node.kind) {
    case "scalar": {
      const { style, contentStart, contentEnd, indent, chomping, text, value, tag } = node;
      return [span, style, contentStart, contentEnd, indent, chomping, text, value, tag];
    }
    case "list":
      return [span, node.items.map(({ value, alias }) => [shape(value), alias])];
    case "map":
      return [
        span,
        node.entries.map(({ key, name, value, alias, merge }) => [name, shape(key), shape(value), alias, merge]),
      ];
  }
}

/** A text of blanks is one document without a root to one reader, and none to the other. */
const shapes = (builders: readonly TreeBuilder[]): unknown =>
  builders
    .filter(({ root, problems }) => root !== undefined || problems.length > 0)
    .map(({ root, problems }) => [root && shape(root), problems]);

/**
 * Whether a quoted text ends with its quote. Where a blank line of it has a tab, `yaml` ends it there: with an error, but
 * with none between CRLF and a line that begins like a comment.
 */
function isWhole(node: Node): boolean {
  switch (node.kind) {
    case "scalar": {
      const quote = { single: "'", double: '"' }[node.style as string];
      return quote === undefined || node.source[node.contentEnd] === quote;
    }
    case "list":
      return node.items.every(({ value }) => isWhole(value));
    case "map":
      return node.entries.every(({ key, value }) => isWhole(key) && isWhole(value));
  }
}

/** Both readers' trees; `undefined` for a text that one of them refuses. */
export function both(text: string): readonly [unknown, unknown] | undefined {
  const events = readEvents(text, 0, text.length);
  if (events === undefined) return undefined;
  const tolerant = readTolerantly(text, 0, text.length);
  const isTaken = tolerant.every(
    ({ root, problems }) => problems.length === 0 && (root === undefined || isWhole(root)),
  );
  return isTaken ? [shapes(events), shapes(tolerant)] : undefined;
}

/** The block reader's tree and that of those that it stands in for; `undefined` for a text that it leaves to them. */
export function blockAndOthers(text: string): readonly [unknown, unknown] | undefined {
  const root = new BlockReader(text).read(0, text.length);
  if (root === undefined) return undefined;
  return [[[shape(root), []]], shapes(readEvents(text, 0, text.length) ?? readTolerantly(text, 0, text.length))];
}

/**
 * The trees of the documents of a file as a block reader makes them that knows those before, and as one that knows none;
 * and how many nodes of the first are repetitions.
 */
export function knownAndFresh(text: string): {
  readonly trees: readonly [unknown, unknown];
  readonly repeated: number;
} {
  const reader = new BlockReader(text);
  const spans = splitDocuments(text);
  const known = spans.map(({ start, end }) => reader.read(start, end));
  const fresh = spans.map(({ start, end }) => new BlockReader(text).read(start, end));
  const shapesOf = (roots: readonly (Node | undefined)[]): unknown => roots.map((root) => root && shape(root));
  return {
    trees: [shapesOf(known), shapesOf(fresh)],
    repeated: known.reduce((sum, root) => sum + repetitionsIn(root), 0),
  };
}

function repetitionsIn(node: Node | undefined): number {
  if (node === undefined || node.kind === "scalar") return 0;
  if (node.original !== node) return 1;
  return (node.kind === "map" ? node.entries : node.items).reduce((sum, { value }) => sum + repetitionsIn(value), 0);
}
