import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** What Envoys said of one format: by minor, "ok" or the exact error text. */
export interface RecordedVerdicts {
  readonly verdicts: Readonly<Record<string, string>>;
}

/** A text format or a JSON format that released Envoys were asked about. */
export type RecordedFormat = RecordedVerdicts & { readonly omit?: boolean } & (
    { readonly format: string } | { readonly json: unknown }
  );

/** An expression that stood in `%CEL(…)%`. */
export interface RecordedExpression extends RecordedVerdicts {
  readonly expression: string;
}

/** Recorded from the released Envoys 1.36.4, 1.37.0, 1.38.2, 1.39.3 and 1.40.0. */
export function readFormats(): RecordedFormat[] {
  return readLines("../envoy-verdicts.jsonl.gz") as RecordedFormat[];
}

/** Recorded from the same Envoys. */
export function readExpressions(): RecordedExpression[] {
  return readLines("../envoy-cel.jsonl.gz") as RecordedExpression[];
}

function readLines(path: string): unknown[] {
  const text = gunzipSync(readFileSync(resolve(import.meta.dirname, path))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

/** After these words a library of Envoy speaks, whose own words are not foretold. */
const foreign = ["Not able to parse expression: ", "failed to create an expression: ", "JSON supplied is not valid. "];

/** Whether a verdict is the recorded one, to the letter where Envoy itself speaks. */
export function isSameVerdict(recorded: string, ours: string | undefined): boolean {
  if (ours === undefined) return false;
  const mark = foreign.find((words) => recorded.includes(words));
  if (mark === undefined) return recorded === ours;
  return ours.startsWith(recorded.slice(0, recorded.indexOf(mark) + mark.length));
}
