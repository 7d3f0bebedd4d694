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
import { firstIndent } from "./block-content.ts";
import { isBreak, withKnownBreaks } from "./line-breaks.ts";
import { chompingOf, noBlock, type ScalarStyle, type ScalarToken } from "./scalar-token.ts";
import { maxDepth, type Properties, TreeBuilder } from "./tree-builder.ts";
import { describeError, isAllowed } from "./yaml-errors.ts";

/**
 * Reads a part of a file with the `yaml` package: slow, but it goes on after an error and says what is wrong in the
 * words of `yaml-errors.ts`. It resolves nothing: what scalars, duplicate and merge keys mean is the tree builder's.
 */
export function readTolerantly(source: string, start: number, end: number): readonly TreeBuilder[] {
  const part = withKnownBreaks(source.slice(start, end));
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
  const unclosed = new Map<number, number>();
  visit(document.contents, { builder, source, base, unclosed });
  for (const error of document.errors) {
    if (isAllowed(error)) continue;
    const problem = describeError(error, source, base);
    // A quote that is not closed is reported where it opens, not where the file ends.
    const quote = error.message.startsWith("Missing closing") ? unclosed.get(problem.start) : undefined;
    builder.problems.push(quote === undefined ? problem : { ...problem, start: quote, end: quote + 1 });
  }
  return builder;
}

interface Context {
  readonly builder: TreeBuilder;
  readonly source: string;
  readonly base: number;
  /** Where scalars without a closing quote end, and where they start. */
  readonly unclosed: Map<number, number>;
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
  const start = propertiesStart(node) ?? node.range?.[0] ?? 0;
  builder.open(isMap(node) ? "map" : "list", base + start, node.flow === true, propertiesOf(node));
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

/** Where the anchor or the tag of an empty first key stands: `yaml` has the map begin after it. */
function propertiesStart({ flow, items }: YAMLMap<Node, Node | null> | YAMLSeq<Node>): number | undefined {
  const [first] = items;
  if (flow === true || !isPair(first) || !isScalar(first.key) || !isEmpty(first.key)) return undefined;
  return first.srcToken?.start.find(({ type }) => type === "tag" || type === "anchor")?.offset;
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

function token(node: Scalar, { source, base, unclosed }: Context): ScalarToken {
  const style = styles[node.type ?? "PLAIN"] ?? "plain";
  const [start, end] = node.range ?? [0, 0];
  switch (style) {
    case "plain":
      return { source, style, contentStart: base + start, contentEnd: base + end, ...noBlock };
    case "single":
    case "double": {
      const contentStart = base + start + 1;
      const closed = isClosed(source.slice(base + start, base + end));
      if (!closed) unclosed.set(base + end, base + start);
      return { source, style, contentStart, contentEnd: base + end - (closed ? 1 : 0), ...noBlock };
    }
    case "literal":
    case "folded":
      return { source, style, ...blockOf(node.srcToken as CST.BlockScalar, source, base + end) };
  }
}

/** Whether a quoted scalar ends with its quote: not so while it is being typed. */
function isClosed(raw: string): boolean {
  if (raw.startsWith("'")) return trailing(raw, raw.length, "'") % 2 === 1;
  return raw.length > 1 && raw.endsWith('"') && trailing(raw, raw.length - 1, "\\") % 2 === 0;
}

/** How many of a character stand right before an offset, the first of the text not counted. */
function trailing(text: string, end: number, character: string): number {
  let start = end;
  while (start > 1 && text[start - 1] === character) start--;
  return end - start;
}

function blockOf(block: CST.BlockScalar, source: string, end: number): Omit<ScalarToken, "source" | "style"> {
  const contentStart = end - block.source.length;
  const lines = afterBlankLines(source, end);
  const header = block.props.find(({ type }) => type === "block-scalar-header");
  const indicators = header && "source" in header ? header.source : "";
  const digit = /[1-9]/.exec(indicators)?.[0];
  const indent = digit === undefined ? firstIndent(source, contentStart, lines) : block.indent + Number(digit);
  const contentEnd = afterLastBlanks(source, lines, indent);
  return { contentStart, contentEnd, indent, chomping: chompingOf.get(/[-+]/.exec(indicators)?.[0] ?? "") ?? "clip" };
}

/** The lexer leaves out blank lines after the content that are indented more deeply than it. */
function afterBlankLines(source: string, offset: number): number {
  const blankLine = / *(?:\r\n?|[\n\x85\u2028\u2029])/y;
  for (let end = offset; ; end = blankLine.lastIndex) {
    blankLine.lastIndex = end;
    if ((end > 0 && !isBreak(source.charCodeAt(end - 1))) || !blankLine.test(source)) return end;
  }
}

/** And such a line without a line break at the end of the file. */
function afterLastBlanks(source: string, offset: number, indent: number): number {
  const isLine = offset > 0 && isBreak(source.charCodeAt(offset - 1));
  return isLine && source.length - offset > indent && /^ *$/.test(source.slice(offset)) ? source.length : offset;
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
