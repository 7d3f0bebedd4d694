/**
 * Random lists of arguments through the command line, in a folder made for it: it must end with exit code 0, 1 or 2,
 * without a word of a bug or a stack trace, write nothing unless it is told to, and nothing elsewhere.
 *
 *     node --conditions=@meshlog/source conformance/fuzz-arguments.ts [SEED] [COUNT]
 *
 * prints the figures in its last line; a list that fails is printed, and can be had again by the seed.
 */
import { describeCommands } from "../packages/compiler/src/cli/completion/described.ts";
import { createProgram, run } from "../packages/compiler/src/cli/run.ts";
import type { Streams } from "../packages/compiler/src/cli/streams.ts";
import { randomArguments } from "./arguments/random-arguments.ts";
import { createSandbox } from "./arguments/sandbox.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface ArgumentFigures {
  readonly lists: number;
  /** How many ended with which exit code. */
  readonly codes: Readonly<Record<number, number>>;
  readonly failures: readonly string[];
}

/** Runs `count` lists of arguments of a seed. The working directory is another one meanwhile. */
export async function fuzzArguments(seed: number, count: number): Promise<ArgumentFigures> {
  const random = randomNumbers(seed);
  const failures: string[] = [];
  const codes: Record<number, number> = {};
  const commands = describeCommands(
    createProgram(recorded().streams, () => undefined),
    {},
  );
  const sandbox = createSandbox();
  const before = process.cwd();
  process.chdir(sandbox.work);
  try {
    for (let i = 0; i < count; i++) {
      const args = randomArguments(commands, random);
      const { streams, said } = recorded();
      const fail = (fault: string): void => {
        failures.push(`list ${i}: ${fault}: ${JSON.stringify(args)} ${said().slice(-2000)}`);
      };
      try {
        const code = await run(["node", "meshlog", ...args], streams);
        codes[code] = (codes[code] ?? 0) + 1;
        if (![0, 1, 2].includes(code)) fail(`exit code ${code}`);
      } catch (error) {
        fail(`threw ${String(error)}`);
      }
      if (/bug in meshlog|^\s+at .*:\d+:\d+/m.test(said())) fail("a bug");
      const isWriter = args.some((arg) => writers.test(arg));
      const changes = sandbox.changes(isWriter).filter((path) => !(path.startsWith("outside") && namesLink(args)));
      if (changes.length > 0) fail(`wrote ${changes.join(", ")}`);
      if (isWriter) sandbox.restore();
    }
  } finally {
    process.chdir(before);
    sandbox.remove();
  }
  return { lists: count, codes, failures };
}

/** What tells meshlog to write files. */
const writers = /^(?:fmt|migrate|init)$|^--(?:fix|out|output-file)(?:$|=)/;

/** Whether a folder is named that is a link: who names one means what it leads to. */
function namesLink(args: readonly string[]): boolean {
  return args.some((arg, i) => (arg === "--out" ? args[i + 1] === linkedFolder : arg === `--out=${linkedFolder}`));
}

/** A link of the sandbox that leads out of it. */
const linkedFolder = "out/default";

/** Streams that keep what is written to them, with a policy's beginning to read. */
function recorded(): { readonly streams: Streams; readonly said: () => string } {
  let text = "";
  const write = (more: string): void => {
    text += more;
  };
  const streams: Streams = {
    out: write,
    outBytes: (bytes) => {
      write(new TextDecoder().decode(bytes));
      return Promise.resolve();
    },
    error: write,
    input: (async function* () {
      yield await Promise.resolve(new TextEncoder().encode('{"format":"%PROTOCOL%"}\n'));
    })(),
    isTerminal: false,
  };
  return { streams, said: () => text };
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const { lists, codes, failures } = await fuzzArguments(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  const ended = Object.entries(codes).map(([code, times]) => `${times} with ${code}`);
  console.log(`seed ${seed}: ${lists} lists of arguments, ended ${ended.join(", ")}, ${failures.length} failures`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
