/**
 * Random policies, broken in random ways, through `check`: it must neither throw nor point outside of the file, and say
 * the same of a bundle that is read as a whole and of files that are read document by document.
 *
 *     node --conditions=@meshlog/source conformance/fuzz-check.ts [SEED] [COUNT]
 *
 * prints the figures in its last line; an input that fails is printed with its number and can be had again by the seed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { check } from "../packages/compiler/src/check.ts";
import { checkFiles } from "../packages/compiler/src/check-files.ts";
import { inDocumentOrder } from "../packages/compiler/src/document-order.ts";
import { load } from "../packages/compiler/src/source/load.ts";
import { target } from "../packages/parser/src/index.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface FuzzFigures {
  readonly inputs: number;
  /** Inputs of which something was said. */
  readonly reported: number;
  readonly diagnostics: number;
  /** Inputs on which check threw, or pointed outside of the file. */
  readonly failures: readonly string[];
  /** The longest that one input took, in milliseconds. */
  readonly slowest: number;
}

const longest = 2000;

/** Checks `count` inputs of a seed, none longer than 2,000 characters, for an old, a newer and the newest Kuma. */
export async function fuzzCheck(seed: number, count: number): Promise<FuzzFigures> {
  const random = randomNumbers(seed);
  const releases = target("kuma 2.5,2.12,2.14").value;
  if (releases === undefined) throw new Error("no such releases");
  const failures: string[] = [];
  let [reported, diagnostics, slowest] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const content = randomInput(random);
    const started = performance.now();
    try {
      const loaded = load([{ path: "fuzz.yaml", content }]);
      const found = [...loaded.diagnostics, ...check(loaded.value, releases).diagnostics];
      const ordered = inDocumentOrder(loaded.value.files, found);
      const { diagnostics: byDocument } = await checkFiles([{ path: "fuzz.yaml", content }], releases);
      if (JSON.stringify(byDocument) !== JSON.stringify(ordered)) {
        failures.push(`input ${i}: document by document it has other findings: ${JSON.stringify(content)}`);
      }
      const length = loaded.value.files[0]?.text.length ?? 0;
      const places = found.flatMap(({ fixes = [], related = [], ...own }) => [
        own,
        ...related,
        ...fixes.flatMap(({ edits }) => edits),
      ]);
      const outside = places.find(({ start, end }) => !(start >= 0 && start <= end && end <= length));
      if (outside !== undefined) failures.push(`input ${i}: ${JSON.stringify({ content, outside })}`);
      diagnostics += found.length;
      if (found.length > 0) reported++;
    } catch (error) {
      failures.push(`input ${i}: ${String(error)} ${JSON.stringify(content)}`);
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  return { inputs: count, reported, diagnostics, failures, slowest };
}

const examples = new URL("docs/examples/", import.meta.url);
const seeds: readonly string[] = readdirSync(examples)
  .sort()
  .map((name) => readFileSync(new URL(name, examples), "utf8"))
  .filter(({ length }) => length < longest);

/** What breaks YAML, policies and formats. */
const pieces: readonly string[] = [
  ..."abk:-?[]{},&*!|>'\"%@`# \t\n\r\\~<0.1".split(""),
  ..."\n  |\n- |: |---\n|...\n|<<: |&a |*a|!!int |!!binary |\\u00|{{|\ufeff|\0|😀|\ud800|%TAG ! x\n|\u2028|\x85|? |null|true|1e999|.nan".split(
    "|",
  ),
  ...["|2\n", ">+\n", "|-\n      "],
  ..."%PROTOCOL%|%PROTCOL%|%REQ(|)%|%REQ(A?B?C)%|%KUMA_MESH%|%%KUMA_MESH%%|%KUMA_ZON%|%START_TIME(%s)%|:10%|50%|%CEL(a|%COALESCE({|%METADATA(".split(
    "|",
  ),
  ..."type: |kind: |spec:\n|to:\n|from:\n|rules:\n|backends: []|format:\n|plain: |json:\n|body: |kvlistValue:\n|values:\n|intValue: 5|openTelemetry:\n|endpoint: |labels: |targetRef:\n|omitEmptyValues: true".split(
    "|",
  ),
];

/** The text or the bytes of one broken file. */
export function randomInput(random: () => number): string | Uint8Array {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const place = (text: string): number => Math.floor(random() * (text.length + 1));
  let text = random() < 0.1 ? "" : pick(seeds);
  for (let i = Math.floor(random() * 12); i >= 0; i--) {
    const [a, b] = [place(text), place(text)].sort((x, y) => x - y) as [number, number];
    const kind = random();
    if (kind < 0.5) text = text.slice(0, a) + pick(pieces) + text.slice(a);
    else if (kind < 0.7) text = text.slice(0, a) + text.slice(Math.min(b, a + 40));
    else if (kind < 0.8) text = text.slice(0, a) + text.slice(a, Math.min(b, a + 300)) + text.slice(a);
    else if (kind < 0.9) text = text.slice(0, a) + pick(pieces) + text.slice(Math.min(b, a + 10));
    else {
      const other = pick(seeds);
      text = text.slice(0, a) + other.slice(place(other));
    }
  }
  text = text.slice(0, longest);
  const kind = random();
  if (kind < 0.05)
    return new TextEncoder().encode(text).map((byte) => (random() < 0.01 ? Math.floor(random() * 256) : byte));
  return kind < 0.15 ? text.replaceAll("\n", "\r\n").slice(0, longest) : text;
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const started = performance.now();
  const { inputs, reported, diagnostics, failures, slowest } = await fuzzCheck(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `seed ${seed}: ${inputs} inputs, ${reported} reported on with ${diagnostics} diagnostics, ${failures.length} failures, ${seconds} s, slowest ${slowest.toFixed(0)} ms`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}
