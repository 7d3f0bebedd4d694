import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../packages/compiler/src/check.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { kumaReleases, target } from "../../packages/parser/src/index.ts";

/** What becomes of an example in some lines of Kuma. */
type Verdict = { readonly example: string; readonly lines: string; readonly why: string } & (
  | { readonly accepted: true; readonly reports: readonly string[] }
  | { readonly accepted: false; readonly violations: readonly { readonly field: string; readonly message: string }[] }
);

const folder = new URL("examples/", import.meta.url);
const verdicts = JSON.parse(readFileSync(new URL("verdicts.json", import.meta.url), "utf8")) as readonly Verdict[];
const lines = [...new Set(kumaReleases.map(({ line }) => line))];

/** The lines between two, both included: `2.3..main`. */
function linesOf(range: string): readonly string[] {
  const [first = "", last = first] = range.split("..");
  return lines.slice(lines.indexOf(first), lines.indexOf(last) + 1);
}

function judge(example: string, line: string): ReturnType<typeof check>["diagnostics"] {
  const releases = target(`kuma ${line}`).value;
  if (releases === undefined) throw new Error(`no Kuma ${line}`);
  const loaded = load([{ path: example, content: readFileSync(new URL(example, folder)) }]);
  return [...loaded.diagnostics, ...check(loaded.value, releases).diagnostics];
}

const cases = verdicts.flatMap((verdict) => linesOf(verdict.lines).map((line) => ({ line, verdict })));
describe("the examples of Kuma's documentation", () => {
  it.each(cases.map(({ line, verdict }) => [verdict.example, line, verdict.why, verdict] as const))(
    "%s in Kuma %s: %s",
    (example, line, _, verdict) => {
      const found = judge(example, line);
      const violations = found.flatMap(({ severity, kuma }) => (severity === "error" && kuma ? [kuma] : []));
      if (!verdict.accepted) {
        expect(violations).toEqual(verdict.violations);
        return;
      }
      const reports = found.filter(({ severity, code }) => severity !== "info" && code !== "policy/deprecated");
      expect([...new Set(reports.map(({ code }) => code))]).toEqual(verdict.reports);
    },
  );

  it("all have a verdict", () => {
    expect(new Set(verdicts.map(({ example }) => example))).toEqual(new Set(readdirSync(folder)));
  });
});
