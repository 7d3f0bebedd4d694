import type { Severity } from "@meshlog/parser";
import { inPieces } from "./in-pieces.ts";
import { placesIn } from "./places.ts";
import { quotedMessage } from "./quoted-message.ts";
import type { Reporter } from "./report.ts";
import { workflowCommand } from "./workflow-command.ts";

/**
 * Annotations of a pull request: one workflow command of GitHub Actions a line. GitHub looks at columns only within one
 * line, so a finding of several lines has none.
 */
export const githubReporter: Reporter = function* (report) {
  const placeOf = placesIn(report);
  yield* inPieces(report.diagnostics, (diagnostic) => {
    const { file, code, severity } = diagnostic;
    const { start, end } = placeOf(file, diagnostic);
    const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
    const place = { file, line: start.line, endLine: end.line, ...columns };
    return workflowCommand(commands[severity], { ...place, title: code }, quotedMessage(diagnostic, report.target));
  });
};

const commands = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;
