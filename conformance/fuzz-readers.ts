/**
 * Random documents through both YAML readers: what both take must give the same tree, with the same values, positions and
 * problems. (The tolerant one refuses a few things that Kuma takes, such as a tab in an empty line of a quoted text.)
 *
 *     node --conditions=@meshlog/source conformance/fuzz-readers.ts [SEED] [COUNT]
 *
 * prints the figures in its last line; an input that fails is printed and can be had again by the seed.
 */
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { both } from "../packages/compiler/test/source/both-readers.ts";
import { randomDocument } from "../packages/compiler/test/source/random-documents.ts";
import { scalarDocument } from "../packages/compiler/test/source/scalar-documents.ts";
import { randomInput } from "./fuzz-check.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface ReaderFigures {
  readonly inputs: number;
  /** Those that both readers take, so that two trees were compared. */
  readonly compared: number;
  /** Those of which the readers make different trees. */
  readonly failures: readonly string[];
}

/** Reads `count` inputs of a seed with both readers: broken policies, random collections, and scalars of every style. */
export function fuzzReaders(seed: number, count: number): ReaderFigures {
  const failures: string[] = [];
  let compared = 0;
  for (const text of inputs(seed, count)) {
    const trees = both(text);
    if (trees === undefined) continue;
    compared++;
    if (!isDeepStrictEqual(trees[0], trees[1])) failures.push(JSON.stringify(text));
  }
  return { inputs: count, compared, failures };
}

function* inputs(seed: number, count: number): Generator<string> {
  const third = Math.ceil(count / 3);
  const scalars = (["plain", "single", "double", "literal", "folded"] as const).map(scalarDocument);
  yield* fc.sample(randomDocument, { seed, numRuns: third });
  for (const { text } of fc.sample(fc.oneof(...scalars), { seed, numRuns: third })) yield text;
  const random = randomNumbers(seed);
  for (let i = 2 * third; i < count; i++) {
    const input = randomInput(random);
    yield typeof input === "string" ? input : new TextDecoder().decode(input);
  }
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const { inputs: given, compared, failures } = fuzzReaders(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  console.log(`seed ${seed}: ${given} inputs, ${compared} trees compared, ${failures.length} failures`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
