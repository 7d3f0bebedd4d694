import { createHash } from "node:crypto";
import type { Severity } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { placesIn } from "./places.ts";
import { quotedMessage } from "./quoted-message.ts";
import type { Reporter } from "./report.ts";

/**
 * The code-quality report of GitLab: an array of issues. What identifies an issue is what it says of which resource, and
 * not its line, so that it stays the same issue when lines are added above it.
 */
export const gitlabReporter: Reporter = function* (report) {
  const placeOf = placesIn(report);
  const seen = new Map<string, number>();
  const issues = report.diagnostics.map((diagnostic) => {
    const { start, end } = placeOf(diagnostic.file, diagnostic);
    const identity = identityOf(diagnostic);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return {
      description: quotedMessage(diagnostic, report.target),
      check_name: diagnostic.code,
      fingerprint: createHash("sha256").update(`${identity}\0${count}`).digest("hex"),
      severity: severities[diagnostic.severity],
      location: {
        path: diagnostic.file,
        positions: { begin: start, end },
        lines: { begin: start.line, end: end.line },
      },
    };
  });
  yield `${JSON.stringify(issues, null, 2)}\n`;
};

/** GitLab has blocker and critical as well, which are for what is on fire. */
const severities: Readonly<Record<Severity, string>> = { error: "major", warning: "minor", info: "info" };

function identityOf({ file, code, message, resource, path }: Diagnostic): string {
  return JSON.stringify([file, code, message, resource?.kind, resource?.mesh, resource?.name, path]);
}
