import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { check, kumaOperators, operators, parse, target, type OperatorFacts } from "../src/index.ts";

/** The catalogues that this one was made from; not every checkout has them. */
const shared = resolve(process.env["MESHLOG_SHARED"] ?? resolve(import.meta.dirname, "../../../../shared"), "data");

/** Reads a file of the shared folder, or says that it is not there. */
function readShared(name: string, skip: () => void): unknown {
  const file = resolve(shared, name);
  if (!existsSync(file)) {
    process.stdout.write(`0 operators compared: there is no ${file}; set MESHLOG_SHARED\n`);
    skip();
    return undefined;
  }
  return JSON.parse(readFileSync(file, "utf8")) as unknown;
}

describe("every entry", () => {
  test("has an example that the newest Envoy takes, with its extension if it needs one", () => {
    const { value: newest } = target("envoy 1.40");
    if (newest === undefined) throw new Error("no such Envoy");
    for (const [name, { example, extension, since }] of operators) {
      if (since === "1.41") continue;
      const { value } = check(parse(example), newest, extension && { formatters: [extension.name] });
      expect({ name, verdict: value.envoy["1.40"] }).toEqual({ name, verdict: "ok" });
    }
  });

  test("of Kuma has an example that Kuma replaces", () => {
    for (const [name, { example }] of kumaOperators)
      expect(parse(example).parts).toMatchObject([{ kind: "kuma", name }]);
  });
});

interface SharedOperator {
  readonly name: string;
  readonly since: string;
  readonly maxLength: boolean;
  readonly args: { readonly required: "none" | "optional" | "required" };
  readonly valueTypes: string;
  readonly builtInSince?: string | null;
}

/** Which releases differ, and why ours are right. */
const known: Readonly<Record<string, string>> = {
  "CEL presence": "an extension's parser checks no flags: %CEL% is an empty expression, and says so itself",
  "TYPED_CEL presence": "as CEL",
  "METADATA presence": "as CEL: an empty type",
  "FILE_CONTENT presence": "as CEL",
  "SECRET presence": "as CEL",
  "REQ_WITHOUT_QUERY presence": "as CEL: an empty header name is accepted",
  "XFCC_VALUE presence": "its own words: XFCC_VALUE command requires a subcommand",
};

test("the catalogue agrees with the reference catalogue, but for what is known", ({ skip }) => {
  const { operators: theirs } = readShared("envoy-operators.json", skip) as { operators: readonly SharedOperator[] };
  expect([...operators.keys()].sort()).toEqual(theirs.map(({ name }) => name).sort());
  const found = theirs.flatMap((reference) => {
    const ours = operators.get(reference.name);
    if (ours === undefined) return [reference.name];
    const results = new Set(typeof ours.result === "string" ? [ours.result] : ours.result);
    const wanted = reference.valueTypes.split("|").filter((type) => type !== "null");
    const checks: Record<string, boolean> = {
      since: ours.since === (reference.since === "<=1.22" ? "1.22" : reference.since),
      presence: (ours.argument?.presence ?? "none") === reference.args.required,
      limit: (ours.limit !== undefined) === reference.maxLength,
      result: wanted.every((type) => results.has(type === "bool" ? "boolean" : (type as never))),
    };
    return Object.keys(checks).flatMap((what) => (checks[what] === true ? [] : [`${reference.name} ${what}`]));
  });
  expect(found.sort()).toEqual(Object.keys(known).sort());
});

interface ReleaseOperator {
  readonly operator: string;
  readonly kind: string;
  readonly since: string;
  readonly syntax: readonly { readonly from: string; readonly flags: readonly string[] }[];
}

test("the catalogue agrees with the tables of each release", ({ skip }) => {
  const tables = readShared("envoy-operators-by-release.json", skip) as { operators: readonly ReleaseOperator[] };
  const found = tables.operators
    .filter(({ kind }) => kind === "builtin")
    .flatMap(({ operator, since, syntax }) => {
      const facts = operators.get(operator);
      if (facts === undefined) return [`${operator}: not there`];
      const first = since.replace("<=", "").replace(/\.0(-dev)?$/, "");
      const differences = facts.since === first ? [] : [`${operator}: since ${facts.since}, not ${first}`];
      for (const { from, flags } of syntax) {
        const minor = Number(from.split(".")[1]);
        const ours = flagsAt(facts, minor);
        const theirs = flags.toSorted().join(" ");
        if (ours !== theirs) differences.push(`${operator} at ${from}: ${ours}, not ${theirs}`);
      }
      return differences;
    });
  expect(found).toEqual([]);
});

/** The flags of an operator in a release, as Envoy's tables have them. */
function flagsAt({ argument, limit }: OperatorFacts, minor: number): string {
  const from = (version: string | undefined): boolean => version !== undefined && Number(version.slice(2)) <= minor;
  const flags: string[] = [];
  if (argument !== undefined && (argument.since === undefined || from(argument.since))) {
    flags.push(argument.presence === "required" ? "PARAMS_REQUIRED" : "PARAMS_OPTIONAL");
  } else flags.push("COMMAND_ONLY");
  if (from(limit)) flags.push("LENGTH_ALLOWED");
  return flags.sort().join(" ");
}
