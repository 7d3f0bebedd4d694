import type { Diagnostic } from "../../diagnostics.ts";
import { indexLines, positionAt } from "../../source/positions.ts";
import { affectedReleases } from "./affected-releases.ts";
import { printable } from "./printable.ts";
import { type Report, type Reporter, summaryLine } from "./report.ts";

/** One finding a line, as compilers write them: `file:line:column: severity code: message`. */
export const compactReporter: Reporter = ({ summary, ...found }) => `${compactText(found)}${summaryLine(summary)}\n`;

/** The same without the sum of them. */
export function compactText({ target, diagnostics, files }: Pick<Report, "target" | "diagnostics" | "files">): string {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  const row = (diagnostic: Diagnostic): string => {
    const { file, start, severity, code, message, envoy } = diagnostic;
    const releases = affectedReleases(diagnostic, target);
    const { line, column } = positionAt(lines.get(file) ?? [0], start);
    const quoted = envoy === undefined ? "" : ` Envoy: ${envoy.message}`;
    const where = releases === undefined ? "" : ` In: ${releases}`;
    return printable(`${file}:${line}:${column}: ${severity} ${code}: ${message}${quoted}${where}`);
  };
  // Joined thousand by thousand, so that not every row is an object of its own at once.
  let text = "";
  for (let i = 0; i < diagnostics.length; i += 1000) {
    text += [...diagnostics.slice(i, i + 1000).map(row), ""].join("\n");
  }
  return text;
}
