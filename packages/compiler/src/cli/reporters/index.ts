import { compactReporter } from "./compact.ts";
import { jsonReporter } from "./json.ts";
import { prettyReporter } from "./pretty.ts";
import type { Reporter } from "./report.ts";

/** The formats of a report. */
export const reporters: Readonly<Record<ReportFormat, Reporter>> = {
  pretty: prettyReporter,
  compact: compactReporter,
  json: jsonReporter,
};

export type ReportFormat = "pretty" | "compact" | "json";

/** Reports that other programs read are data: they go to the standard output. */
export const dataFormats: ReadonlySet<ReportFormat> = new Set(["json"]);
