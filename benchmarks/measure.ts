import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a run of the built command cost. */
export interface Cost {
  /** Milliseconds of the clock. */
  readonly clock: number;
  /** Milliseconds of the processor: other programs do not disturb that. */
  readonly processor: number;
  /** The largest memory that it had, in bytes. */
  readonly memory: number;
}

/** By what a run is timed. */
export type Time = Exclude<keyof Cost, "memory">;

/** The built command. */
export const command = join(import.meta.dirname, "../packages/compiler/bin/meshlog.js");

/** Calls a function with a folder that is gone afterwards. */
export function inFolder(measure: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "meshlog-benchmark-"));
  try {
    measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs `meshlog` as a process of its own.
 *
 * @param output the descriptor of the file that its output goes to; by default it goes nowhere.
 * @param program the built command, if it is another one than this one's.
 */
export function run(folder: string, args: readonly string[], output?: number, program = command): Cost {
  return runNode(folder, [program, ...args], output);
}

/** Reads a file with nothing but a YAML library, document by document, as a process of its own. */
export function readBare(folder: string, what: "events" | "documents", file: string): Cost {
  return runNode(folder, [join(import.meta.dirname, "bare-yaml.ts"), what, file]);
}

function runNode(folder: string, args: readonly string[], output: number | "ignore" = "ignore"): Cost {
  const file = join(folder, "cost.json");
  const meter = `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const cost = { processor: (user + system) / 1000, memory: process.resourceUsage().maxRSS * 1024 };
  writeFileSync(${JSON.stringify(file)}, JSON.stringify(cost));
});`;
  const imported = `data:text/javascript,${encodeURIComponent(meter)}`;
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", imported, ...args], {
    encoding: "utf8",
    stdio: ["ignore", output, "pipe"],
  });
  const clock = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return { clock, ...(JSON.parse(readFileSync(file, "utf8")) as Omit<Cost, "clock">) };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The middle one and the spread, for a line of a report: the quarters of the values below and above are left out. */
export function medianAndSpread(values: readonly number[], unit = " ×"): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(2));
  return `${middle}${unit} (${low} to ${high})`;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}
