import type { Diagnostic } from "../../diagnostics.ts";
import { placesIn, type Range } from "./places.ts";
import { quotedMessage } from "./quoted-message.ts";
import { hasTooManyWarnings, type Report, type Reporter } from "./report.ts";

/**
 * A report of tests, as Jenkins and others show it: a suite for each file, in it a case for each finding, or one that
 * passes. What does not fail the run does not fail here.
 */
export const junitReporter: Reporter = function* (report) {
  const placeOf = placesIn(report);
  const byFile = Map.groupBy(report.diagnostics, ({ file }) => file);
  const suites = report.files.map(({ path }) => {
    const cases = (byFile.get(path) ?? []).map((diagnostic) => ({
      diagnostic,
      place: placeOf(path, diagnostic),
      text: quotedMessage(diagnostic, report.target),
      fails: doesFail(diagnostic, report),
    }));
    const failures = cases.filter(({ fails }) => fails).length;
    const tests = Math.max(1, cases.length);
    return {
      tests,
      failures,
      lines: [
        `  <testsuite ${attributes({ name: path, tests, failures, errors: 0, skipped: 0 })}>`,
        ...(cases.length === 0 ? [`    <testcase ${attributes({ name: path, classname: "meshlog" })}/>`] : []),
        ...cases.map((one) => testCase(one)),
        "  </testsuite>",
      ],
    };
  });
  const sum = (count: "tests" | "failures"): number => suites.reduce((total, suite) => total + suite[count], 0);
  yield [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: "meshlog", tests: sum("tests"), failures: sum("failures"), errors: 0 })}>`,
    ...suites.flatMap(({ lines }) => lines),
    "</testsuites>",
    "",
  ].join("\n");
};

function doesFail({ severity }: Diagnostic, report: Report): boolean {
  return severity === "error" || (severity === "warning" && hasTooManyWarnings(report));
}

/** A finding as a case. */
interface Case {
  readonly diagnostic: Diagnostic;
  readonly place: Range;
  readonly text: string;
  readonly fails: boolean;
}

function testCase({ diagnostic, place: { start }, text: told, fails }: Case): string {
  const { code, severity, file, message } = diagnostic;
  const name = `${code} (${start.line}:${start.column})`;
  const open = `    <testcase ${attributes({ name, classname: file, file, line: start.line })}>`;
  const text = escapeXml(`${file}:${start.line}:${start.column}: ${severity} ${code}: ${told}`);
  const body = fails
    ? `      <failure ${attributes({ type: severity, message })}>${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [open, body, "    </testcase>"].join("\n");
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}="${escapeXml(String(value)).replace(/\t/g, "&#9;").replace(/\n/g, "&#10;").replace(/\r/g, "&#13;")}"`,
    )
    .join(" ");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The text with entities; what XML 1.0 cannot hold at all becomes U+FFFD (its production 2, Char). */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- these are the characters that XML does not have
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[&<>"]/g, (character) => entities[character] ?? character)
  );
}
