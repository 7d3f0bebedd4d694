import { indexLines, positionAt } from "../../source/positions.ts";
import { printable } from "./printable.ts";
import { type Reporter, summaryLine } from "./report.ts";

/** One finding a line, as compilers write them: `file:line:column: severity code: message`. */
export const compactReporter: Reporter = ({ diagnostics, files, summary }) => {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  const rows = diagnostics.map(({ file, start, severity, code, message, envoy }) => {
    const { line, column } = positionAt(lines.get(file) ?? [0], start);
    const quoted = envoy === undefined ? "" : ` Envoy: ${envoy.message}`;
    return printable(`${file}:${line}:${column}: ${severity} ${code}: ${message}${quoted}`);
  });
  return [...rows, summaryLine(summary), ""].join("\n");
};
