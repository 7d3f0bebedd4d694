import { styleText } from "node:util";
import { codeFrameColumns } from "@babel/code-frame";
import { type Target, trimEnd } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { indexLines, type LineIndex, positionAt } from "../../source/positions.ts";
import { pageUrl } from "../../explain/page-url.ts";
import { isCode, rowOf } from "../../explain/table.ts";
import { affectedReleases } from "./affected-releases.ts";
import { inPieces } from "./in-pieces.ts";
import { printable } from "./printable.ts";
import { type Reporter, summaryLine } from "./report.ts";

/** For people: each finding with its place in the source, what Envoy would print, and what to do. */
export const prettyReporter: Reporter = function* ({ target, diagnostics, files, summary }, { color, site }) {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const link = (code: string): string => (color && site !== undefined ? hyperlink(code, pageUrl(code, site)) : code);
  const sources = new Map(files.map(({ path, text }) => [path, { text, lines: indexLines(text) }]));
  const explained = new Set<string>();
  yield* inPieces(diagnostics, (diagnostic) => {
    const hint = isCode(diagnostic.code) && !explained.has(diagnostic.code) ? rowOf(diagnostic.code).help : "";
    explained.add(diagnostic.code);
    return `${block(diagnostic, sources.get(diagnostic.file), { target, paint, link, hint })}\n`;
  });
  yield `${summaryLine(summary)}\n`;
};

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

interface Source {
  readonly text: string;
  readonly lines: LineIndex;
}

const severityColor = { error: "red", warning: "yellow", info: "cyan" } as const;

interface Style {
  /** What was judged. */
  readonly target: Target;
  readonly paint: Paint;
  /** Makes a code a link to its page, where a terminal can show one. */
  readonly link: (code: string) => string;
  /** What to do about the finding and why it is so; empty if it was said before. */
  readonly hint: string;
}

/** A link as terminals show it (OSC 8). */
function hyperlink(text: string, url: string): string {
  return `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}

function block(diagnostic: Diagnostic, source: Source | undefined, { target, paint, link, hint }: Style): string {
  const { file, start, severity, code, message, envoy, controlPlane, related = [], fixes = [] } = diagnostic;
  const releases = affectedReleases(diagnostic, target);
  const placeOf = (offset: number): string => {
    const { line, column } = positionAt(source?.lines ?? [0], offset);
    return paint("bold", printable(`${file}:${line}:${column}`));
  };
  return [
    `${placeOf(start)} ${paint(severityColor[severity], severity)} ${paint("dim", link(code))}`,
    `  ${printable(message)}`,
    ...(source === undefined || source.text === "" ? [] : [indent(frame(diagnostic, source))]),
    ...(envoy === undefined ? [] : [`  Envoy: ${printable(envoy.message)}`]),
    ...(controlPlane === undefined ? [] : [`  Kuma: ${printable(controlPlane.message)}`]),
    ...related.map((other) => `  ${placeOf(other.start)} ${printable(other.message)}`),
    ...(releases === undefined ? [] : [`  In: ${releases}`]),
    ...(hint === "" ? [] : [`  Hint: ${hint}`]),
    ...fixes.map(({ title }) => `  Fix: ${printable(title)}`),
    "",
  ].join("\n");
}

/** How many lines stand around the one with the finding, and how much of a line is shown. */
const around = 1;
const widest = 160;

/** The lines around a finding, with its characters marked. A line too long for a terminal is shown around the finding. */
function frame({ start, end }: Diagnostic, { text, lines }: Source): string {
  const from = positionAt(lines, start);
  const to = positionAt(lines, Math.max(start, end));
  const last = to.line - from.line > 6 ? from.line : to.line;
  const firstShown = Math.max(1, from.line - around);
  const lastShown = Math.min(lines.length, last + around);
  const left = from.column > widest - 40 ? from.column - 40 : 0;
  const shown = Array.from({ length: lastShown - firstShown + 1 }, (_, i) => {
    const begin = (lines[firstShown - 1 + i] ?? 0) + left;
    const end = Math.min(lines[firstShown + i] ?? text.length, begin + widest);
    // One column stays one column, so that the marks stay under their characters.
    return trimEnd(text.slice(begin, end), "\r\n").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ");
  });
  // Babel counts columns from 0.
  const column = (position: number): number => Math.min(Math.max(1, position - left), widest) - 1;
  return codeFrameColumns(
    shown.join("\n"),
    {
      start: { line: from.line, column: column(from.column) },
      end: { line: last, column: last === to.line ? column(to.column) : widest },
    },
    { linesAbove: around, linesBelow: around, highlightCode: false, startLine: firstShown },
  );
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
