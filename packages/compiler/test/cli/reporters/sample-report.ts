import { readFileSync } from "node:fs";
import { target } from "@meshlog/parser";
import { check } from "../../../src/check.ts";
import { type Report, summarize } from "../../../src/cli/reporters/report.ts";
import { inDocumentOrder } from "../../../src/document-order.ts";
import { load } from "../../../src/source/load.ts";

const read = (name: string): string => readFileSync(`${import.meta.dirname}/fixtures/${name}`, "utf8");

/** What `check` finds in files, for Kuma 2.12 and 2.14. */
export function reportOf(sources: Readonly<Record<string, string>>, maxWarnings?: number): Report {
  const { value } = target({ kuma: "2.12,2.14" });
  if (value === undefined) throw new Error("there are such releases");
  const loaded = load(Object.entries(sources).map(([path, content]) => ({ path, content })));
  const bundle = loaded.value;
  const diagnostics = inDocumentOrder(bundle.files, loaded.diagnostics, check(bundle, value).diagnostics);
  const summary = summarize(diagnostics, bundle.files.length, bundle.resources.length);
  return {
    target: value,
    diagnostics,
    files: bundle.files,
    summary,
    ...(maxWarnings !== undefined && { maxWarnings }),
  };
}

/** A report with an error, a warning with a related place, a note, fixes, and a file without findings. */
export const sampleReport: Report = reportOf({
  "clean.yaml": read("clean.yaml"),
  "our policies/a,b: 100%.yaml": read("requests.yaml"),
});
