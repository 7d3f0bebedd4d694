import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import type { TextFile } from "../../source/source-file.ts";

/** What a run found. */
export interface Report {
  readonly target: Target;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly TextFile[];
  readonly summary: Summary;
  /** How many warnings there may be; by default any number. */
  readonly maxWarnings?: number;
}

export interface Summary {
  readonly files: number;
  readonly policies: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Turns a report into text, in pieces: that of a large bundle is never in memory as a whole. */
export type Reporter = (report: Report, style: ReportStyle) => Generator<string, void>;

export interface ReportStyle {
  readonly color: boolean;
  /** Where the pages of diagnostics are, if they are anywhere. */
  readonly site?: string;
}

/** Whether there are more warnings than there may be. */
export function hasTooManyWarnings({ summary, maxWarnings }: Report): boolean {
  return summary.warnings > (maxWarnings ?? Number.POSITIVE_INFINITY);
}

/** Whether a run fails: there are errors, or more warnings than there may be. */
export function hasFailed(report: Report): boolean {
  return report.summary.errors > 0 || hasTooManyWarnings(report);
}

/** Counts what a run found. */
export function summarize(diagnostics: readonly Diagnostic[], files: number, policies: number): Summary {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return { files, policies, errors: counts.error, warnings: counts.warning };
}

/** `1 error and 2 warnings in 3 files`, or that there are none. */
export function summaryLine({ files, policies, errors, warnings }: Summary): string {
  const amount = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;
  const read = `${amount(files, "file")}, ${policies === 1 ? "1 policy" : `${policies} policies`}`;
  if (errors === 0 && warnings === 0) return `${read}: no problems.`;
  const found = [
    ...(errors === 0 ? [] : [amount(errors, "error")]),
    ...(warnings === 0 ? [] : [amount(warnings, "warning")]),
  ];
  return `${read}: ${found.join(" and ")}.`;
}
