import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Facts, parse, render, renderJson, type RenderOptions, target } from "../../packages/parser/src/index.ts";
import { expect, test } from "vitest";

/** One request, as a released Envoy logged it in many formats. */
interface Recorded extends Facts {
  readonly envoy: string;
  readonly request: string;
  /** The time zone of the process. */
  readonly tz: string;
  readonly lines: readonly RecordedLine[];
}

type RecordedLine = ({ readonly format: string } | { readonly json: unknown }) & {
  readonly omit?: boolean;
  /** What Envoy wrote, for JSON without the newline that it adds; in Base64 where it is not UTF-8. */
  readonly line?: string;
  readonly lineBase64?: string;
};

/** Recorded from the released Envoys 1.36.4, 1.38.2 and 1.40.0. */
const path = resolve(import.meta.dirname, "../envoy-rendered.jsonl.gz");
const records = gunzipSync(readFileSync(path))
  .toString("utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Recorded);

test.each(records)("every line that Envoy $envoy wrote for $request follows from the facts", (record) => {
  const { envoy, tz: timezone, facts, factTexts = {}, lines } = record;
  const release = target(`envoy ${envoy}`).value?.members[0];
  if (release === undefined) throw new Error(`no target for Envoy ${envoy}`);
  const known: Facts = { facts, factTexts };
  const differences = lines.flatMap((recorded) => {
    const theirs = recorded.line ?? Buffer.from(recorded.lineBase64 ?? "", "base64").toString("latin1");
    const ours = lineOf(recorded, known, { release, timezone, omitEmptyValues: recorded.omit === true });
    const got = recorded.line === undefined ? ours.bytes : ours.text;
    return got === theirs ? [] : [{ ...recorded, ...ours }];
  });
  expect(lines.length).toBeGreaterThan(300);
  expect(differences).toEqual([]);
});

function lineOf(recorded: RecordedLine, facts: Facts, options: RenderOptions): { text: string; bytes: string } {
  const { value, diagnostics } =
    "format" in recorded ? render(parse(recorded.format), facts, options) : renderJson(recorded.json, facts, options);
  if (value === undefined) return { text: diagnostics.map(({ message }) => message).join(" "), bytes: "" };
  return { text: value.text ?? "", bytes: Buffer.from(value.bytes).toString("latin1") };
}
