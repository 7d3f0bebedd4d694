import type { ReportFormat } from "../../documents/report-formats.ts";
import { compactReporter } from "./compact.ts";
import { githubReporter } from "./github.ts";
import { gitlabReporter } from "./gitlab.ts";
import { jsonReporter } from "./json.ts";
import { junitReporter } from "./junit.ts";
import { prettyReporter } from "./pretty.ts";
import type { Reporter } from "./report.ts";
import { sarifReporter } from "./sarif.ts";

/** The formats of a report. */
export const reporters: Readonly<Record<ReportFormat, Reporter>> = {
  pretty: prettyReporter,
  compact: compactReporter,
  json: jsonReporter,
  github: githubReporter,
  sarif: sarifReporter,
  junit: junitReporter,
  gitlab: gitlabReporter,
};

/** Reports that other programs read are data: they go to the standard output. */
export const dataFormats: ReadonlySet<ReportFormat> = new Set(["json", "github", "sarif", "junit", "gitlab"]);
