import { indexLines, positionAt } from "../../source/positions.ts";
import { printable } from "./printable.ts";
import { type Report, type Reporter, summaryLine } from "./report.ts";

/** One finding a line, as compilers write them: `file:line:column: severity code: message`. */
export const compactReporter: Reporter = ({ summary, ...found }) =>
  [...compactLines(found), summaryLine(summary), ""].join("\n");

/** The same without the sum of them. */
export function compactLines({ diagnostics, files }: Pick<Report, "diagnostics" | "files">): readonly string[] {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  return diagnostics.map(({ file, start, severity, code, message, envoy }) => {
    const { line, column } = positionAt(lines.get(file) ?? [0], start);
    const quoted = envoy === undefined ? "" : ` Envoy: ${envoy.message}`;
    return printable(`${file}:${line}:${column}: ${severity} ${code}: ${message}${quoted}`);
  });
}
