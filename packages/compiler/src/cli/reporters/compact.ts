import { indexLines, positionAt } from "../../source/positions.ts";
import { affectedReleases } from "./affected-releases.ts";
import { inPieces } from "./in-pieces.ts";
import { printableWhole } from "./printable.ts";
import { type Report, type Reporter, summaryLine } from "./report.ts";

/** One finding a line, as compilers write them: `file:line:column: severity code: message`. */
export const compactReporter: Reporter = function* ({ summary, ...found }) {
  yield* compactLines(found);
  yield `${summaryLine(summary)}\n`;
};

/** The same without the sum of them, in pieces. */
export function* compactLines({
  target,
  diagnostics,
  files,
}: Pick<Report, "target" | "diagnostics" | "files">): Generator<string, void> {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  yield* inPieces(diagnostics, (diagnostic) => {
    const { file, start, severity, code, message, envoy } = diagnostic;
    const releases = affectedReleases(diagnostic, target);
    const { line, column } = positionAt(lines.get(file) ?? [0], start);
    const quoted = envoy === undefined ? "" : ` Envoy: ${envoy.message}`;
    const where = releases === undefined ? "" : ` In: ${releases}`;
    const row = `${file}:${line}:${column}: ${severity} ${code}: ${message}${quoted}${where}`;
    return `${printableWhole(row, [file, message, envoy?.message])}\n`;
  });
}
