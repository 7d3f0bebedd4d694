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
  const isVerbatim = !isBlock && text !== undefined && text === source.slice(contentStart, contentEnd);
  const decoded = isVerbatim ? verbatim(text, token) : decodeScalar(token);
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

function verbatim(text: string, { contentStart, contentEnd }: ScalarToken): DecodedScalar {
  return { text, starts: [0], sourceStarts: [contentStart], sourceEnds: [contentEnd] };
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
