import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Json, toJson } from "../../src/source/tree.ts";
import { read } from "./read.ts";

interface Answer {
  readonly yaml: string;
  /** As Go writes it: keys sorted. */
  readonly json?: string;
  readonly error?: string;
}

/** What sigs.k8s.io/yaml v1.4.0 answers; `fixtures/go-yaml/main.go` asks it again. */
const answers = JSON.parse(
  readFileSync(new URL("fixtures/go-yaml/answers.json", import.meta.url), "utf8"),
) as readonly Answer[];

/** What go-yaml refuses and meshlog reads all the same: JSON that kubectl reads without go-yaml, and oddities. */
const laxer: ReadonlySet<string> = new Set([
  'a: "\\/"\n',
  'a: "\\ud83d\\ude00"\n',
  "%YAML 1.2\n---\na: 1\n",
  "18446744073709551615: v\n",
]);

/** What YAML forbids and go-yaml reads: brackets and quotes whose next line is not indented. */
const stricter: ReadonlySet<string> = new Set(["a: [\nb]\n"]);

describe("a document is to meshlog what it is to go-yaml", () => {
  it.each(answers.filter(({ error, yaml }) => error === undefined && !stricter.has(yaml)))(
    "$yaml",
    ({ yaml, json }) => {
      const { roots, diagnostics } = read(yaml);
      expect(diagnostics).toEqual([]);
      expect(asGoWrites(roots[0] ? toJson(roots[0]) : null)).toBe(json);
    },
  );
});

describe("what go-yaml refuses has a diagnostic", () => {
  it.each(answers.filter(({ error, yaml }) => error !== undefined && !laxer.has(yaml)))("$yaml", ({ yaml }) => {
    expect(read(yaml).diagnostics.map(({ code }) => code)).toContain("io/yaml");
  });
});

/** encoding/json: sorted keys, `-0`, escapes for HTML and for JavaScript. */
function asGoWrites(value: Json): string {
  if (typeof value === "bigint") return String(value);
  if (Object.is(value, -0)) return "-0";
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }
  if (isList(value)) return `[${value.map(asGoWrites).join(",")}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${asGoWrites(key)}:${asGoWrites(entry)}`).join(",")}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
