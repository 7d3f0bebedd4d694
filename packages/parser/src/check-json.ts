import type { Format } from "./ast.ts";
import { judge, minorsOf } from "./check.ts";
import type { Diagnostic, Result } from "./diagnostics.ts";
import { Findings } from "./findings.ts";
import { before, noMinors, since } from "./minors.ts";
import type { JsonCheckOptions } from "./options.ts";
import { operators } from "./catalog/operators.ts";
import { parse } from "./parse.ts";
import { Reporter } from "./reporter.ts";
import type { Target, TargetMember } from "./target.ts";
import { type Outcome, refusalsOf, summarize, type Verdicts } from "./verdicts.ts";

/** A finding in a JSON format; its place is that in the string that the path leads to. */
export interface JsonDiagnostic extends Diagnostic {
  /** The keys and indices that lead to the value; empty for the format as a whole. */
  readonly path: readonly (string | number)[];
}

/**
 * Judges a `json_format` as each release of a target would. Envoy reads the values in the order in which it prints them,
 * keys sorted bytewise, depth first, and prints the first error.
 */
export function checkJson(
  value: unknown,
  target: Target,
  options: JsonCheckOptions = {},
): Result<Verdicts, JsonDiagnostic> {
  const refused = new Map<TargetMember, string>();
  const diagnostics: JsonDiagnostic[] = [];
  let kuma: Verdicts["kuma"] = {};
  const add = (leaf: Leaf, outcomes: readonly Outcome[], length: number): void => {
    const found = summarize(target.members, outcomes, length);
    kuma = mergeVerdicts(kuma, found.value.kuma);
    for (const [member, text] of refusalsOf(outcomes)) refused.set(member, text);
    if (found.diagnostics.length === 0) return;
    const path = pathOf(leaf);
    for (const diagnostic of found.diagnostics) diagnostics.push({ ...diagnostic, path });
  };
  const root: Leaf = { value };
  for (const leaf of leavesOf(value)) {
    const text = leaf.value;
    if (typeof text === "string") {
      const format = parse(text);
      const outcomes = judge(format, target, options, refused);
      noteNumber(format, outcomes);
      add(leaf, outcomes, text.length);
    } else add(leaf, judgeLeaf(text, target, refused), 0);
  }
  if (options.omitEmptyValues === true) add(root, judgeOmission(target), 0);
  const envoy = new Map<number, string>();
  for (const member of target.members) envoy.set(member.envoy.minor, refused.get(member) ?? "ok");
  const byMinor = [...envoy].sort(([a], [b]) => a - b).map(([minor, text]) => [`1.${String(minor)}`, text]);
  return { value: { envoy: Object.fromEntries(byMinor) as Verdicts["envoy"], kuma }, diagnostics };
}

/** A value, and the way back from it: a path is made only where something was found. */
interface Leaf {
  readonly value: unknown;
  readonly key?: string | number;
  readonly parent?: Leaf;
}

/** The values of a format in Envoy's order. It keeps a list of its own, so that no nesting is too deep. */
function* leavesOf(root: unknown): Generator<Leaf> {
  const open: Leaf[] = [{ value: root }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value } = next;
    if (typeof value !== "object" || value === null) {
      yield next;
      continue;
    }
    const parent = next;
    const inside: Leaf[] = Array.isArray(value)
      ? value.map((item: unknown, key) => ({ value: item, key, parent }))
      : Object.entries(value)
          .sort(([a], [b]) => compareBytes(a, b))
          .map(([key, item]: [string, unknown]) => ({ value: item, key, parent }));
    for (const leaf of inside.reverse()) open.push(leaf);
  }
}

function pathOf(leaf: Leaf): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Leaf | undefined = leaf; at?.key !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** The order of two texts in UTF-8, which is that of their code points. */
function compareBytes(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length;) {
    const [left = 0, right = 0] = [a.codePointAt(i), b.codePointAt(i)];
    if (left !== right) return left - right;
    i += left > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}

/** The legacy formatter, the default up to 1.32, takes no booleans and no null, and numbers since 1.24 only. */
function judgeLeaf(leaf: unknown, target: Target, silent: Pick<ReadonlySet<TargetMember>, "has">): Outcome[] {
  const { members } = target;
  const alive = minorsOf(members.filter((member) => !silent.has(member)));
  const findings = new Findings(alive);
  const place = { start: 0, end: 0 };
  const is = { type: leaf === null ? "null" : `a ${typeof leaf}` };
  const report = new Reporter(minorsOf(members), findings);
  const text = "are supported in structured access log format.";
  report.refuse(
    "format/json-value",
    place,
    is,
    before("1.24"),
    `Only string values, nested structs and list values ${text}`,
  );
  if (typeof leaf !== "number") {
    report.refuse(
      "format/json-value",
      place,
      is,
      before("1.33"),
      `Only string values, nested structs, list values and number values ${text}`,
    );
  }
  return [{ members, findings, kuma: undefined }];
}

/** Source: the release notes of 1.40 (`json_formatter_omit_empty_values`). */
function judgeOmission({ members }: Target): Outcome[] {
  const findings = new Findings(noMinors);
  const report = new Reporter(minorsOf(members), findings);
  report.note("lint/omit-empty-json", { start: 0, end: 0 }, {}, since("1.33") & before("1.40"));
  return [{ members, findings, kuma: undefined }];
}

/** One operator alone keeps its type, and before 1.40 its numbers go through a double. */
function noteNumber({ parts }: Format, outcomes: readonly Outcome[]): void {
  const [only] = parts;
  if (parts.length !== 1 || only?.kind !== "operator") return;
  const name = only.name.text;
  if (operators.get(name)?.result !== "number") return;
  for (const { members, findings } of outcomes) {
    const report = new Reporter(minorsOf(members), findings);
    report.note("lint/number-notation", only, { name }, since("1.33") & before("1.40"));
  }
}

/** The first refusal of each member counts. */
function mergeVerdicts(before: Verdicts["kuma"], after: Verdicts["kuma"]): Verdicts["kuma"] {
  const merged = { ...after };
  for (const [name, verdict] of Object.entries(before))
    if (verdict !== "ok" || !(name in merged)) merged[name] = verdict;
  return merged;
}
