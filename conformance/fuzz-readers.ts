/**
 * Random documents through the YAML readers: what both take must give the same tree, with the same values, positions and
 * problems, and what the block reader takes, that of the one that would read it otherwise; what stands several times in a
 * file must give the tree of each alone. (The tolerant one refuses a few things that Kuma takes, such as a tab in an empty
 * line of a quoted text.)
 *
 *     node --conditions=@meshlog/source conformance/fuzz-readers.ts [SEED] [COUNT]
 *
 * prints the figures in its last line; an input that fails is printed and can be had again by the seed.
 */
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { blockAndOthers, both, knownAndFresh } from "../packages/compiler/test/source/both-readers.ts";
import { blockDocument, repeatingFile } from "../packages/compiler/test/source/block-documents.ts";
import { randomDocument } from "../packages/compiler/test/source/random-documents.ts";
import { scalarDocument } from "../packages/compiler/test/source/scalar-documents.ts";
import { randomInput } from "./fuzz-check.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface ReaderFigures {
  readonly inputs: number;
  /** Those that both readers take, so that two trees were compared. */
  readonly compared: number;
  /** Those that the block reader takes, so that its tree was compared with that of the others. */
  readonly blocks: number;
  /** Nodes that the block reader did not read again. */
  readonly repetitions: number;
  /** Those of which the readers make different trees. */
  readonly failures: readonly string[];
}

/**
 * Reads `count` inputs of a seed with both readers: random collections, plain blocks, blocks that repeat, scalars of every
 * style, and broken policies.
 */
export function fuzzReaders(seed: number, count: number): ReaderFigures {
  const failures: string[] = [];
  let [compared, blocks, repetitions] = [0, 0, 0];
  for (const text of inputs(seed, count)) {
    const trees = both(text);
    if (trees !== undefined) compared++;
    const own = blockAndOthers(text);
    if (own !== undefined) blocks++;
    const { trees: again, repeated } = knownAndFresh(text);
    repetitions += repeated;
    if ([trees, own, again].some((pair) => pair !== undefined && !isDeepStrictEqual(pair[0], pair[1]))) {
      failures.push(JSON.stringify(text));
    }
  }
  return { inputs: count, compared, blocks, repetitions, failures };
}

function* inputs(seed: number, count: number): Generator<string> {
  const part = Math.ceil(count / 5);
  const scalars = (["plain", "single", "double", "literal", "folded"] as const).map(scalarDocument);
  yield* fc.sample(randomDocument, { seed, numRuns: part });
  yield* fc.sample(blockDocument, { seed, numRuns: part });
  yield* fc.sample(repeatingFile, { seed, numRuns: part });
  for (const { text } of fc.sample(fc.oneof(...scalars), { seed, numRuns: part })) yield text;
  const random = randomNumbers(seed);
  for (let i = 4 * part; i < count; i++) {
    const input = randomInput(random);
    yield typeof input === "string" ? input : new TextDecoder().decode(input);
  }
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const { inputs: given, compared, blocks, repetitions, failures } = fuzzReaders(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  console.log(
    `seed ${seed}: ${given} inputs, ${compared} trees compared, ${blocks} of the block reader, ${repetitions} repetitions, ${failures.length} failures`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}
