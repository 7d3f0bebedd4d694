import type { Severity } from "@meshlog/parser";
import { placesIn } from "./places.ts";
import { quotedMessage } from "./quoted-message.ts";
import type { Reporter } from "./report.ts";

/**
 * Annotations of a pull request: one workflow command of GitHub Actions a line. GitHub looks at columns only within one
 * line, so a finding of several lines has none.
 */
export const githubReporter: Reporter = (report) => {
  const placeOf = placesIn(report);
  return report.diagnostics
    .map((diagnostic) => {
      const { start, end } = placeOf(diagnostic.file, diagnostic);
      const properties = Object.entries({
        file: diagnostic.file,
        line: start.line,
        endLine: end.line,
        ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
        title: diagnostic.code,
      }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      return `::${commands[diagnostic.severity]} ${properties.join(",")}::${escapeData(quotedMessage(diagnostic))}\n`;
    })
    .join("");
};

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Source: actions/toolkit, `packages/core/src/command.ts`, `escapeData` and `escapeProperty`. */
function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
