/**
 * What a range of releases costs `meshlog check`, against one release: the built command on a file of policies, its
 * report written to a file. The ratios are medians of rounds in which each range is asked once.
 * `node benchmarks/ranges.ts POLICIES.yaml [ROUNDS]`
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [policies, rounds = "7"] = process.argv.slice(2);
if (policies === undefined) throw new Error("name a file of policies");

/** The limits are those that the range may cost. */
const ranges = [
  { name: "2.14", options: [], limit: 1 },
  { name: "2.10..2.14", options: ["--all-patches"], limit: 2 },
  { name: "2.0..main", options: ["--all-patches"], limit: 4 },
] as const;

const command = join(import.meta.dirname, "../packages/compiler/bin/meshlog.js");
const folder = mkdtempSync(join(tmpdir(), "meshlog-ranges-"));

/** Writes how much processor time it took, in milliseconds, when it ends: other programs do not disturb that. */
const meter = `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(${JSON.stringify(join(folder, "cpu"))}, String((user + system) / 1000));
});`;

/** One check, in milliseconds of the clock and of the processor. */
function run(range: string, options: readonly string[]): { readonly clock: number; readonly processor: number } {
  const report = ["--format", "compact", "--output-file", join(folder, "report")];
  const node = ["--import", `data:text/javascript,${encodeURIComponent(meter)}`, command];
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [...node, "check", "--kuma", range, ...options, ...report, policies ?? ""],
    { encoding: "utf8" },
  );
  const clock = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return { clock, processor: Number(readFileSync(join(folder, "cpu"), "utf8")) };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

try {
  const times = Array.from({ length: Number(rounds) }, () => ranges.map(({ name, options }) => run(name, options)));
  for (const [i, { name, limit }] of ranges.entries()) {
    const ratio = (of: "clock" | "processor"): string =>
      median(times.map((round) => (round[i]?.[of] ?? NaN) / (round[0]?.[of] ?? NaN))).toFixed(2);
    console.log(
      `${name}: ${ratio("clock")} × by the clock, ${ratio("processor")} × of the processor; at most ${limit} ×`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
