import { commandLine } from "./command-line.ts";
import { diagnosticList, diagnosticPages } from "./diagnostic-pages.ts";
import { changesByLine } from "./kuma-changes.ts";
import { responseFlagPage, timePatternPage } from "./language-tables.ts";
import { operatorMatrix } from "./operator-matrix.ts";
import { operatorList, operatorPages } from "./operator-pages.ts";
import { policyOptions } from "./policy-options.ts";
import { releaseTable } from "./releases.ts";

/** Every page of the reference, by its path below `docs/`. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ["operators/index.md", operatorList()],
    ["operators/by-kuma.md", operatorMatrix()],
    ["operators/response-flags.md", responseFlagPage()],
    ["operators/time-patterns.md", timePatternPage()],
    ...operatorPages(),
    ["kuma/index.md", releaseTable()],
    ["kuma/policy-options.md", policyOptions()],
    ["kuma/changes.md", changesByLine()],
    ["diagnostics/index.md", diagnosticList()],
    ...diagnosticPages(),
    ["cli.md", commandLine()],
  ]);
}
