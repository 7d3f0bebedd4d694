import { expect, it } from "vitest";
import { reporters } from "../../../src/cli/reporters/index.ts";
import type { Report } from "../../../src/cli/reporters/report.ts";
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

it("a report of many pieces is one document", () => {
  const [first] = sampleReport.diagnostics;
  const diagnostics = Array.from({ length: 2500 }, (_, start) => ({ ...first, start })) as Report["diagnostics"];
  const pieces = [...reporters.json({ ...sampleReport, diagnostics }, { color: false })];
  expect(pieces.length).toBeGreaterThan(2);
  const document = JSON.parse(pieces.join("")) as { readonly diagnostics: readonly object[] };
  expect(document.diagnostics).toHaveLength(2500);
  expect(pieces.join("")).toBe(`${JSON.stringify(document, null, 2)}\n`);
});
