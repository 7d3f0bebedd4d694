import { expect, it } from "vitest";
import { reporters } from "../../../src/cli/reporters/index.ts";
import { type ReportFormat, reportFormats } from "../../../src/documents/report-formats.ts";
import { sampleReport } from "./sample-report.ts";

const extensions: Readonly<Record<ReportFormat, string>> = {
  pretty: "txt",
  compact: "txt",
  json: "json",
  github: "txt",
  sarif: "json",
  junit: "xml",
  gitlab: "json",
};

it.each(reportFormats)("the report as %s", async (format) => {
  const text = [...reporters[format](sampleReport, { color: false, site: "https://meshlog.example/docs/" })].join("");
  await expect(text).toMatchFileSnapshot(`fixtures/report.${format}.${extensions[format]}`);
});
