import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Chomping, ScalarStyle, ScalarToken } from "./scalar-token.ts";
import { maxDepth, noBlock, type Properties, TreeBuilder } from "./tree-builder.ts";
import { describeError } from "./yaml-errors.ts";

/**
 * Reads a part of a file with the `yaml` package: slow, but it goes on after an error and says what is wrong in the
 * words of `yaml-errors.ts`. It resolves nothing: what scalars, duplicate and merge keys mean is the tree builder's.
 */
export function readTolerantly(source: string, start: number, end: number): readonly TreeBuilder[] {
  const part = source.slice(start, end);
  const tokens = [...new Parser().parse(part)];
  const tooDeep = nestedTooDeep(tokens);
  if (tooDeep !== undefined) {
    const builder = new TreeBuilder(source, start);
    const at = start + tooDeep;
    builder.problems.push({ code: "io/too-deep", start: at, end: at + 1, problem: "" });
    return [builder];
  }
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, schema: "failsafe" });
  const documents = [...composer.compose(tokens, true, part.length)];
  return documents.map((document) => build(source, start, document));
}

function build(source: string, base: number, document: Document.Parsed): TreeBuilder {
  const builder = new TreeBuilder(source, base);
  for (const error of document.errors) builder.problems.push(describeError(error, source, base));
  visit(document.contents, { builder, source, base });
  return builder;
}

interface Context {
  readonly builder: TreeBuilder;
  readonly source: string;
  readonly base: number;
}

function visit(node: Node | null, context: Context): void {
  const { builder, base } = context;
  if (isAlias(node)) {
    const [start, end] = node.range ?? [0, 0];
    builder.alias(node.source, { start: base + start, end: base + end });
  } else if (isCollection(node)) {
    visitCollection(node as YAMLMap<Node, Node | null> | YAMLSeq<Node>, context);
  } else if (isScalar(node) && !isEmpty(node)) {
    builder.scalar(token(node, context), false, propertiesOf(node));
  } else {
    builder.empty(node ? propertiesOf(node) : {});
  }
}

function visitCollection(node: YAMLMap<Node, Node | null> | YAMLSeq<Node>, context: Context): void {
  const { builder, base } = context;
  builder.open(isMap(node) ? "map" : "list", base + (node.range?.[0] ?? 0), node.flow === true, propertiesOf(node));
  for (const item of node.items) {
    if (isPair(item)) {
      visit(item.key, context);
      visit(item.value, context);
    } else {
      visit(item, context);
    }
  }
  builder.close();
}

function propertiesOf(node: Node): Properties {
  return {
    anchor: "anchor" in node ? node.anchor : undefined,
    tag: tagAsWritten(node),
  };
}

/** The composer writes tags out in full; the builder wants them as in the file. */
function tagAsWritten({ tag }: Node): string | undefined {
  return tag?.replace(/^tag:yaml\.org,2002:/, "!!");
}

const isEmpty = ({ type, source, range }: Scalar): boolean =>
  type === "PLAIN" && source === "" && range?.[0] === range?.[1];

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

function token(node: Scalar, { source, base }: Context): ScalarToken {
  const style = styles[node.type ?? "PLAIN"] ?? "plain";
  const [start, end] = node.range ?? [0, 0];
  switch (style) {
    case "plain":
      return { source, style, contentStart: base + start, contentEnd: base + end, ...noBlock };
    case "single":
    case "double": {
      const contentStart = base + start + 1;
      const closed = isClosed(source.slice(base + start, base + end));
      return { source, style, contentStart, contentEnd: base + end - (closed ? 1 : 0), ...noBlock };
    }
    case "literal":
    case "folded":
      return { source, style, ...blockOf(node.srcToken as CST.BlockScalar, source, base + end) };
  }
}

/** Whether a quoted scalar ends with its quote: not so while it is being typed. */
function isClosed(raw: string): boolean {
  const body = raw.slice(1);
  if (raw.startsWith("'")) return (/'*$/.exec(body)?.[0].length ?? 0) % 2 === 1;
  return body.endsWith('"') && (/\\*$/.exec(body.slice(0, -1))?.[0].length ?? 0) % 2 === 0;
}

const chompings: Readonly<Record<string, Chomping>> = { "-": "strip", "+": "keep" };

function blockOf(block: CST.BlockScalar, source: string, contentEnd: number): Omit<ScalarToken, "source" | "style"> {
  const contentStart = contentEnd - block.source.length;
  const header = block.props.find(({ type }) => type === "block-scalar-header");
  const indicators = header && "source" in header ? header.source : "";
  const explicit = /[1-9]/.exec(indicators)?.[0];
  const indent =
    explicit === undefined ? firstIndent(source, contentStart, contentEnd) : block.indent + Number(explicit);
  return { contentStart, contentEnd, indent, chomping: chompings[/[-+]/.exec(indicators)?.[0] ?? ""] ?? "clip" };
}

/** The indentation of the first line with content; -1 if there is none. */
function firstIndent(source: string, contentStart: number, contentEnd: number): number {
  for (let offset = contentStart, line = contentStart; offset < contentEnd; offset++) {
    const character = source.charAt(offset);
    if (character === "\n" || character === "\r") line = offset + 1;
    else if (character !== " ") return offset - line;
  }
  return -1;
}

/** Where maps and lists are nested deeper than {@link maxDepth}: the composer is recursive, the parser is not. */
function nestedTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (!token) continue;
    if (token.type === "document") {
      open.push({ token: token.value, depth });
    } else if ("items" in token) {
      if (depth >= maxDepth) return token.offset;
      for (const { key, value } of token.items)
        open.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
    }
  }
  return undefined;
}
