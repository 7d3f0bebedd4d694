import { lastAtMost } from "./last-at-most.ts";
import type { Span } from "@meshlog/parser";
import { type DecodedScalar, decodeScalar } from "./decode-scalar.ts";
import type { ScalarToken } from "./scalar-token.ts";

/**
 * Where each character of a scalar's text stands in the file, and back: whatever quoting, escapes, folding and
 * indentation lie between. Offsets of the text are UTF-16 units of the decoded scalar, offsets of the source are those
 * of the file.
 */
export interface ScalarSourceMap {
  /** Where the unit at an offset of the text comes from; for the text's end, where a unit after it would stand. */
  toSource(offset: number): number;
  /** The source of a span of the text. An escape is in it as a whole; an empty span stays empty. */
  spanToSource(span: Span): Span;
  /**
   * Where an offset of the source stands in the text, such as a cursor. Indentation and blanks that are not part of the
   * text give the place where the text goes on; `undefined` outside the scalar's content (on a quote's outer side, in a
   * block scalar's header).
   */
  toText(sourceOffset: number): number | undefined;
}

/**
 * The source map of a scalar. Text and map are made in one pass, so they cannot disagree.
 *
 * @param text what the scalar was decoded to: where it stands in the file as it is, nothing is decoded again.
 */
export function scalarSourceMap(token: ScalarToken, text?: string): ScalarSourceMap {
  const { source, style, contentStart, contentEnd } = token;
  const isBlock = style === "literal" || style === "folded";
  if (!isBlock && text === source.slice(contentStart, contentEnd)) return verbatimSourceMap(token);
  const decoded = decodeScalar(token);
  const toSource = (offset: number): number => textToSource(decoded, token, offset);
  return {
    toSource,
    spanToSource: ({ start, end }) => {
      const from = toSource(start);
      return { start: from, end: end <= start ? from : Math.max(from, unitEnd(decoded, token, end - 1)) };
    },
    toText: (sourceOffset) => sourceToText(decoded, token, sourceOffset),
  };
}

/** The source map of a scalar whose text stands in the file as it is. */
export function verbatimSourceMap({
  contentStart,
  contentEnd,
}: Pick<ScalarToken, "contentStart" | "contentEnd">): ScalarSourceMap {
  return new VerbatimMap(contentStart, contentEnd);
}

class VerbatimMap implements ScalarSourceMap {
  readonly #start: number;
  readonly #end: number;

  constructor(start: number, end: number) {
    this.#start = start;
    this.#end = end;
  }

  toSource(offset: number): number {
    return Math.min(this.#start + Math.max(0, offset), this.#end);
  }

  spanToSource({ start, end }: Span): Span {
    const from = this.toSource(start);
    return { start: from, end: Math.max(from, this.toSource(end)) };
  }

  toText(sourceOffset: number): number | undefined {
    return sourceOffset < this.#start || sourceOffset > this.#end ? undefined : sourceOffset - this.#start;
  }
}

interface Run extends Span {
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly verbatim: boolean;
}

function runAt({ text, starts, sourceStarts, sourceEnds }: DecodedScalar, index: number): Run | undefined {
  const start = starts[index];
  const sourceStart = sourceStarts[index];
  const sourceEnd = sourceEnds[index];
  if (start === undefined || sourceStart === undefined || sourceEnd === undefined) return undefined;
  const end = starts[index + 1] ?? text.length;
  return { start, end, sourceStart, sourceEnd, verbatim: end - start === sourceEnd - sourceStart };
}

function textToSource(decoded: DecodedScalar, token: ScalarToken, offset: number): number {
  if (offset >= decoded.text.length) return endOfText(decoded, token);
  const run = runAt(decoded, lastAtMost(decoded.starts, Math.max(0, offset)));
  if (run === undefined) return token.contentStart;
  return run.verbatim ? run.sourceStart + Math.max(0, offset) - run.start : run.sourceStart;
}

/** Where the source of the unit at an offset of the text ends. */
function unitEnd(decoded: DecodedScalar, token: ScalarToken, offset: number): number {
  if (offset >= decoded.text.length) return endOfText(decoded, token);
  const run = runAt(decoded, lastAtMost(decoded.starts, Math.max(0, offset)));
  if (run === undefined) return token.contentStart;
  return run.verbatim ? run.sourceStart + Math.max(0, offset) - run.start + 1 : run.sourceEnd;
}

function endOfText({ sourceEnds }: DecodedScalar, { contentStart, indent }: ScalarToken): number {
  return sourceEnds.at(-1) ?? contentStart + Math.max(0, indent);
}

function sourceToText(decoded: DecodedScalar, token: ScalarToken, offset: number): number | undefined {
  if (offset < token.contentStart || offset > token.contentEnd) return undefined;
  const run = runAt(decoded, lastAtMost(decoded.sourceStarts, offset));
  if (run === undefined) return 0;
  if (offset >= run.sourceEnd) return run.end;
  return run.verbatim ? run.start + offset - run.sourceStart : run.start;
}
