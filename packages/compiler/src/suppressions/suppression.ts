import type { Span, TextEdit } from "@meshlog/parser";
import { type Comment, commentsWith } from "./comments.ts";

/** A comment that silences findings: `# meshlog-disable-next-line lint/x, lint/y -- why`. */
export interface Suppression extends Span {
  readonly codes: readonly SuppressedCode[];
  /** Why; empty if the comment does not say. */
  readonly reason: string;
  /** Where findings begin that it silences. Not there if nothing stands below the comment. */
  readonly below?: Span;
  /** Takes the comment out, with its line if there is nothing else in it. */
  readonly removal: TextEdit;
}

/** A code as a comment names it. */
export interface SuppressedCode extends Span {
  readonly code: string;
  /** Takes it out of the list. */
  readonly removal: TextEdit;
}

/** A comment that begins as one that silences, and is none. */
export interface MisspeltSuppression extends Span {
  readonly directive: string;
}

const word = "meshlog-disable";
const directive = `${word}-next-line`;

/** Whether there is any need to look for comments that silence findings. */
export function mayHoldSuppressions(text: string): boolean {
  return text.includes(word);
}

/** The comments of a YAML file that silence findings, and those that seem to be meant to. */
export function suppressionsIn(text: string): {
  readonly suppressions: readonly Suppression[];
  readonly misspelt: readonly MisspeltSuppression[];
} {
  const suppressions: Suppression[] = [];
  const misspelt: MisspeltSuppression[] = [];
  for (const comment of commentsWith(word, text)) {
    const [before = "", found] = /^#[#\s]*(meshlog-disable[-\w]*)?/.exec(comment.text) ?? [];
    if (found === undefined) continue;
    if (found === directive) suppressions.push(read(comment, before.length, text));
    else misspelt.push({ start: comment.start + before.length - found.length, end: comment.start + before.length, directive: found }); // prettier-ignore
  }
  return { suppressions, misspelt };
}

/** @param from where the codes begin in the comment. */
function read(comment: Comment, from: number, text: string): Suppression {
  const { start, end, below } = comment;
  const rest = comment.text.slice(from);
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const list = dashes === null ? rest : rest.slice(0, dashes.index);
  const spans = [...list.matchAll(/[^\s,]+/g)].map(({ 0: code, index }) => ({
    code,
    start: start + from + index,
    end: start + from + index + code.length,
  }));
  return {
    start,
    end,
    codes: spans.map((span, i) => ({ ...span, removal: removalOf(spans, i) })),
    reason: dashes === null ? "" : rest.slice(dashes.index + dashes[0].length).trim(),
    ...(below === undefined ? {} : { below }),
    removal: comment.isAlone ? lineOf(comment, text) : withBlanks(comment, text),
  };
}

/** A code goes with what divides it from the next one, or from the one before it. */
function removalOf(spans: readonly Span[], i: number): TextEdit {
  const [before, here, after] = [spans[i - 1], spans[i] ?? { start: 0, end: 0 }, spans[i + 1]];
  if (after !== undefined) return { start: here.start, end: after.start, text: "" };
  return { start: before?.end ?? here.start, end: here.end, text: "" };
}

function lineOf({ start, end }: Span, text: string): TextEdit {
  let first = start;
  while (first > 0 && (text[first - 1] === " " || text[first - 1] === "\t")) first--;
  const lineBreak = /^(?:\r\n|\r|\n)/.exec(text.slice(end, end + 2))?.[0] ?? "";
  return { start: first, end: end + lineBreak.length, text: "" };
}

function withBlanks({ start, end }: Span, text: string): TextEdit {
  let first = start;
  while (text[first - 1] === " " || text[first - 1] === "\t") first--;
  return { start: first, end, text: "" };
}
