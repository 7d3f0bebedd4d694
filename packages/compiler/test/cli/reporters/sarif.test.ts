import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { sarifReporter } from "../../../src/cli/reporters/sarif.ts";
import type { Report } from "../../../src/cli/reporters/report.ts";
import { reportOf, sampleReport } from "./sample-report.ts";

// Some of its patterns are regular expressions only without the flag `u`.
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

const logOf = (report: Report, site?: string): Log =>
  JSON.parse([...sarifReporter(report, { color: false, ...(site !== undefined && { site }) })].join("")) as Log;

describe("the published schema of SARIF 2.1.0", () => {
  it.each<[string, Report, string?]>([
    ["with findings", sampleReport],
    ["with pages to link to", sampleReport, "https://meshlog.example"],
    ["without a file", reportOf({})],
    ["of an absolute path", reportOf({ "/srv/my policies/a.yaml": "a: [" })],
    ["of a name that looks like an address", reportOf({ "c:/a?b#c.yaml": "a: [" })],
  ])("holds for a report %s", (_, report, site) => {
    const log = logOf(report, site);
    isSarif(log);
    expect(isSarif.errors ?? []).toEqual([]);
  });

  it("does not hold for what is no report", () => {
    expect(isSarif({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });
});

it("a region cut out of the file is what the finding is about", () => {
  const text = sampleReport.files.find(({ path }) => path.startsWith("our"))?.text ?? "";
  const lines = text.split("\n");
  const [run] = logOf(sampleReport).runs;
  const found = run?.results?.find(({ ruleId }) => ruleId === "format/unknown-operator");
  const region = found?.locations?.[0]?.physicalLocation?.region;
  const line = lines[(region?.startLine ?? 0) - 1] ?? "";
  expect(run?.columnKind).toBe("utf16CodeUnits");
  expect(line.slice((region?.startColumn ?? 0) - 1, (region?.endColumn ?? 0) - 1)).toBe("%PROTCOL%");
  const offset = region?.charOffset ?? 0;
  expect(text.slice(offset, offset + (region?.charLength ?? 0))).toBe("%PROTCOL%");
});

it("a file below the working directory is named from the root of the sources, any other by its address", () => {
  const artifactOf = (path: string): unknown =>
    logOf(reportOf({ [path]: "a: [" })).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
  expect(artifactOf("our policies/é.yaml")).toEqual({
    uri: "our%20policies/%C3%A9.yaml",
    uriBaseId: "%SRCROOT%",
  });
  expect(artifactOf("/srv/a.yaml")).toEqual({ uri: "file:///srv/a.yaml" });
});
