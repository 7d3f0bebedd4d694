/**
 * Random texts through the parser and the checker: nothing may throw, printing gives the text back, spans nest and
 * cover it, and diagnostics lie within it.
 *
 *     node --conditions=@meshlog/source conformance/fuzz-parse.ts [SEED] [COUNT]
 *
 * prints the figures in its last line; a text that fails is printed with its number and can be had again by the seed.
 */
import { type Grammar, type KumaNames, dialect, target, type Target } from "../packages/parser/src/index.ts";
import { pieces } from "../packages/parser/test/formats.ts";
import { faultOfChecking, faultOfReading } from "../packages/parser/test/properties.ts";
import { randomFormats } from "./envoy/generator.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface FuzzFigures {
  readonly texts: number;
  /** Texts on which something threw or came out otherwise than it has to. */
  readonly failures: readonly string[];
  /** How many UTF-16 units the texts had in all. */
  readonly length: number;
  /** The longest that one text took, in milliseconds. */
  readonly slowest: number;
}

const grammars: readonly Grammar[] = ["1.22", "1.31", "1.32"];
const namings: readonly KumaNames[] = ["none", "2.0", "2.14"];
const targets = ["envoy 1.22..1.40", "kuma 2.0..2.14", "envoy 1.40", "envoy 1.30", "kuma 2.9"].map(targetOf);

/** Reads and checks `count` texts of a seed: formats, damaged ones, chains of pieces of formats, and any characters. */
export function fuzzParse(seed: number, count: number): FuzzFigures {
  const random = randomNumbers(seed);
  const formats = randomFormats(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const failures: string[] = [];
  let [length, slowest] = [0, 0];
  for (let i = 0; i < count; i++) {
    const text = random() < 0.3 ? formats.next().value : randomText(random, pick);
    const [reader, judge] = [dialect(pick(grammars), pick(namings)), pick(targets)];
    const started = performance.now();
    const fault = faultOf(() => faultOfReading(text, reader) ?? faultOfChecking(text, judge));
    slowest = Math.max(slowest, performance.now() - started);
    length += text.length;
    if (fault !== undefined) failures.push(`text ${i}: ${fault} ${JSON.stringify({ text, reader })}`);
  }
  return { texts: count, failures, length, slowest };
}

function faultOf(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

/** Where arbitrary characters come from: what means something in a format more often than the rest. */
const alphabets: readonly (readonly string[])[] = [
  "%():?%A1a_ \n\r\0".split(""),
  "%%%%%()A:".split(""),
  ["%", "KUMA_", "MESH", "ZONE", "%", "(", ")%", "X"],
  Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)),
  ["\uD83D", "\uDE00", "\uD800", "\uDFFF", "\uFFFF", "\uFEFF", "\u2028", "%", "A", "(", ")%"],
];

function randomText(random: () => number, pick: <T>(list: readonly T[]) => T): string {
  const from = random() < 0.5 ? pieces : pick(alphabets);
  return Array.from({ length: Math.floor(random() ** 2 * 40) }, () => pick(random() < 0.9 ? from : pieces)).join("");
}

function targetOf(range: string): Target {
  const { value } = target(range);
  if (value === undefined) throw new Error(`no target ${range}`);
  return value;
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const started = performance.now();
  const { texts, failures, length, slowest } = fuzzParse(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `seed ${seed}: ${texts} texts of ${(length / texts).toFixed(0)} characters on average, ${failures.length} failures, ${seconds} s, slowest ${slowest.toFixed(0)} ms`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}
