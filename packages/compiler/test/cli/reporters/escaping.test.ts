import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostics.ts";
import { reporters } from "../../../src/cli/reporters/index.ts";
import type { Report } from "../../../src/cli/reporters/report.ts";
import type { ReportFormat } from "../../../src/documents/report-formats.ts";
import { reportOf, sampleReport } from "./sample-report.ts";

const render = (format: ReportFormat, report: Report): string =>
  [...reporters[format](report, { color: false })].join("");

function withMessage(message: string, file = "a.yaml"): Report {
  const diagnostic: Diagnostic = { code: "lint/x", severity: "error", message, file, start: 0, end: 1, affects: [] };
  const summary = { files: 1, policies: 0, errors: 1, warnings: 0 };
  return { target: { members: [] }, diagnostics: [diagnostic], files: [{ path: file, text: "x\n" }], summary };
}

describe("a message cannot end a workflow command of GitHub or begin one", () => {
  it.each([
    ["100% sure", "100%25 sure"],
    ["a\n::error::b", "a%0A::error::b"],
    ["a\r\nb", "a%0D%0Ab"],
    ["%0A", "%250A"],
    ["a, b: c", "a, b: c"],
  ])("%j", (message, escaped) => {
    expect(render("github", withMessage(message))).toBe(
      `::error file=a.yaml,line=1,endLine=1,col=1,endColumn=2,title=lint/x::${escaped}\n`,
    );
  });

  it("nor can the name of a file", () => {
    expect(render("github", withMessage("m", "a,line=9::b%\n.yaml"))).toMatch(
      /^::error file=a%2Cline=9%3A%3Ab%25%0A\.yaml,line=1,/,
    );
  });

  it("a finding of several lines has no columns", () => {
    const report = withMessage("m");
    const [diagnostic] = report.diagnostics;
    const wide = { ...report, diagnostics: diagnostic === undefined ? [] : [{ ...diagnostic, end: 4 }] };
    const files = [{ path: "a.yaml", text: "x\nyz\n" }];
    expect(render("github", { ...wide, files })).toBe("::error file=a.yaml,line=1,endLine=2,title=lint/x::m\n");
  });
});

describe("a report of JUnit stays XML", () => {
  it.each([
    ['<a href="b">&</a>', "&lt;a href=&quot;b&quot;&gt;&amp;&lt;/a&gt;"],
    ["\u0000\u001b[31m", "\ufffd\ufffd[31m"],
    ["\ud800", "\ufffd"],
    ["\uffff", "\ufffd"],
    ["]]>", "]]&gt;"],
  ])("with the message %j", (message, escaped) => {
    const text = render("junit", withMessage(message));
    expect(text).toContain(`message="${escaped}"`);
    expect(text).toContain(`lint/x: ${escaped}</failure>`);
  });

  it("keeps the line breaks of an attribute", () => {
    expect(render("junit", withMessage("a\n\tb"))).toContain('message="a&#10;&#9;b"');
  });
});

describe("what fails in a report of JUnit is what fails the run", () => {
  const failures = (maxWarnings?: number): readonly (string | undefined)[] =>
    [
      ...render("junit", { ...sampleReport, ...(maxWarnings !== undefined && { maxWarnings }) }).matchAll(
        /<failure type="(\w+)"/g,
      ),
    ].map(([, type]) => type);

  it("errors", () => {
    expect(new Set(failures())).toEqual(new Set(["error"]));
  });

  it("and warnings, where there are too many", () => {
    expect(new Set(failures(0))).toEqual(new Set(["error", "warning"]));
  });
});

describe("fingerprints for GitLab", () => {
  const policy = (format: string): string =>
    `type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file: {path: /a, format: {type: Plain, plain: '${format}'}}\n`;
  const fingerprints = (text: string): readonly string[] =>
    (JSON.parse(render("gitlab", reportOf({ "a.yaml": text }))) as { readonly fingerprint: string }[]).map(
      ({ fingerprint }) => fingerprint,
    );

  it("stay when lines are added above", () => {
    expect(fingerprints(`# new\n\n${policy("%PROTCOL%")}`)).toEqual(fingerprints(policy("%PROTCOL%")));
  });

  it("tell findings of one message in one place apart", () => {
    const found = fingerprints(policy("%PROTCOL% %PROTCOL%"));
    expect(found).toHaveLength(2);
    expect(new Set(found).size).toBe(2);
  });

  it("differ for another resource", () => {
    const other = policy("%PROTCOL%").replace("name: a", "name: b");
    expect(fingerprints(other)).not.toEqual(fingerprints(policy("%PROTCOL%")));
  });
});
