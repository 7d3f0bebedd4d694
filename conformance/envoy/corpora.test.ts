import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { check, type CheckOptions, checkJson, parse, readAsOldKuma, target } from "../../packages/parser/src/index.ts";
import { expect, test } from "vitest";

/** Other projects' test files, which are not part of this one: not every checkout has them. */
const shared = resolve(process.env["MESHLOG_SHARED"] ?? resolve(import.meta.dirname, "../../../shared"), "conformance");

const { value: envoys } = target("envoy 1.22..1.40");
if (envoys === undefined) throw new Error("no such Envoys");
const everyEnvoy = envoys;

/** Reads a file of the shared folder, or says that it is not there. */
function readShared(path: string, skip: () => void): unknown {
  const file = resolve(shared, path);
  if (!existsSync(file)) {
    process.stdout.write(`0 cases compared: there is no ${file}; set MESHLOG_SHARED\n`);
    skip();
    return undefined;
  }
  return JSON.parse(readFileSync(file, "utf8")) as unknown;
}

interface Corpus {
  readonly valid: readonly {
    readonly format: string;
    readonly acceptedSince: string;
    readonly alsoRejectedBy?: readonly string[];
    readonly extensions?: readonly string[];
  }[];
  readonly invalid: readonly {
    readonly format: string;
    readonly error: string;
    readonly match: "exact" | "prefix";
    readonly acceptedBy?: readonly string[];
  }[];
}

/**
 * The corpus calls these formats accepted, or gives the extension's own error, and does not say in `extensions` that it
 * means them with their extension configured. Without it METADATA and CEL are unknown before 1.34 (envoy 59a14b1dcb),
 * FILE_CONTENT in every release.
 */
const needsExtension: readonly (readonly [format: RegExp, extension: string])[] = [
  [/%METADATA\(/, "envoy.formatter.metadata"],
  [/%CEL\(/, "envoy.formatter.cel"],
  [/^%FILE_CONTENT\(\/a:\/b:\/c\)%$/, "envoy.formatter.file_content"],
];

function optionsFor(format: string, extensions: readonly string[] = []): CheckOptions {
  const needed = needsExtension.filter(([pattern]) => pattern.test(format)).map(([, extension]) => extension);
  return { formatters: [...extensions, ...needed] };
}

test("the format corpus: what each Envoy accepts, and the newest's words where it does not", ({ skip }) => {
  const corpus = readShared("envoy-format-corpus.json", skip) as Corpus;
  const found: unknown[] = [];
  for (const { format, acceptedSince, alsoRejectedBy = [], extensions } of corpus.valid) {
    const { envoy } = check(parse(format), everyEnvoy, optionsFor(format, extensions)).value;
    const since = acceptedSince.startsWith("<=") ? 22 : Number(acceptedSince.slice(2));
    for (const [minor, ours] of Object.entries(envoy)) {
      const isAccepted = Number(minor.slice(2)) >= since && !alsoRejectedBy.includes(minor);
      if ((ours === "ok") !== isAccepted) found.push({ format, minor, ours });
    }
  }
  for (const { format, error, match, acceptedBy = [] } of corpus.invalid) {
    const { envoy } = check(parse(format), everyEnvoy, optionsFor(format)).value;
    const ours = envoy["1.40"] ?? "";
    if (match === "exact" ? ours !== error : !ours.startsWith(error)) found.push({ format, error, ours });
    for (const minor of acceptedBy) if (envoy[minor] !== "ok") found.push({ format, minor, ours: envoy[minor] });
  }
  expect(found).toEqual([]);
});

interface RealFormat {
  readonly project: string;
  readonly kind: "plain" | "json";
  readonly format: unknown;
  readonly extensions?: readonly string[];
  readonly kuma?: boolean;
  readonly valid: boolean;
  readonly errors?: readonly { readonly error: string }[];
}

test("formats in use in public projects", ({ skip }) => {
  const cases = readShared("realworld-formats.json", skip) as readonly RealFormat[];
  const found = cases.flatMap(({ project, kind, format, extensions, kuma = false, valid, errors = [] }) => {
    const options = { kuma, ...(extensions && { formatters: extensions }) };
    const { value } =
      kind === "json" ? checkJson(format, everyEnvoy, options) : check(parse(String(format)), everyEnvoy, options);
    const ours = value.envoy["1.40"];
    const isRight = valid ? ours === "ok" : errors.some(({ error }) => error === ours);
    return isRight ? [] : [{ project, format, ours }];
  });
  expect(found).toEqual([]);
});

interface KumaVectors {
  readonly valid: readonly string[];
  readonly invalid: readonly { readonly format: string; readonly error: string }[];
  readonly canonical: readonly { readonly format: string; readonly expected: string }[];
  readonly interpolate: readonly {
    readonly format: string;
    readonly context: Readonly<Record<string, string>>;
    readonly expected: string;
  }[];
}

test.for(["2.0.8", "2.1.7", "2.3.7", "2.4.10"])("the vectors of Kuma %s's own parser", (release, { skip }) => {
  const vectors = readShared(`goldens/${release}/formatparser/cases.json`, skip) as KumaVectors;
  const read = (format: string, value?: (name: string) => string): string => {
    const reading = readAsOldKuma(format, value);
    return reading.kind === "read" ? reading.text : reading.message;
  };
  for (const format of vectors.valid) expect(readAsOldKuma(format).kind).toBe("read");
  for (const { format, error } of vectors.invalid) expect(read(format)).toBe(error);
  for (const { format, expected } of vectors.canonical) expect(read(format)).toBe(expected);
  for (const { format, context, expected } of vectors.interpolate) {
    expect(read(format, (name) => context[name] ?? "")).toBe(expected);
  }
});
