import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import type { Diagnostic, Violation } from "../../src/diagnostics.ts";
import { load } from "../../src/source/load.ts";
import { lines } from "../kuma/lines.ts";
import { readShared } from "../shared.ts";

/** A policy, and what the code of groups of versions made of it. */
interface Case {
  readonly name: string;
  readonly resource: object;
  readonly results: readonly {
    readonly versions: readonly string[];
    readonly stage: "ok" | "schema" | "validate" | "decode";
    readonly violations?: readonly Violation[];
    readonly warnings?: readonly string[];
  }[];
}

const text = readShared("conformance/validator-cases/oracle/edge-cases.json");
const cases = text === undefined ? [] : (JSON.parse(text) as readonly Case[]);
const everything = target({ kuma: "2.0..main" }).value ?? { members: [] };

// One range of all lines, so that what is said of each release goes through the joining of what they share.
describe.skipIf(text === undefined)(`${cases.length} policies on the edge, in a range of all lines`, () => {
  it.each(cases)("$name", ({ resource, results }) => {
    const { value: bundle } = load([{ path: "case.json", content: JSON.stringify(resource) }]);
    const { diagnostics } = check(bundle, everything);
    for (const { name, line } of lines) {
      const expected = results.find(({ versions }) => versions.includes(line));
      if (expected === undefined) continue;
      const said = (severity: Diagnostic["severity"]): readonly Violation[] =>
        diagnostics.filter((found) => found.severity === severity).flatMap((found) => saidBy(name, found));
      if (expected.stage === "decode") {
        expect(
          said("error").map(({ message }) => message.slice(0, 7)),
          line,
        ).toEqual(["error: "]);
      } else {
        const warnings = said("warning").map(({ message }) => message);
        expect(said("error"), line).toEqual(expected.violations);
        expect(warnings.sort(), line).toEqual([...(expected.warnings ?? [])].sort());
      }
    }
  });
});

/** What one member says of a diagnostic, by its variant if it has one. */
function saidBy(name: string, { affects, kuma, variants = [] }: Diagnostic): readonly Violation[] {
  if (!affects.includes(name)) return [];
  const variant = variants.find((one) => one.affects.includes(name));
  const said = variant === undefined ? kuma : variant.kuma;
  return said === undefined ? [] : [said];
}
