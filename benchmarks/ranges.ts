/**
 * What a range of releases costs `meshlog check`, against one release: the built command on a file of policies, its
 * report written to a file. The ratios are medians of rounds in which each range is asked once.
 * `node benchmarks/ranges.ts [ROUNDS [POLICIES]]`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "./inputs/worlds.ts";
import { writeYaml } from "./inputs/write-yaml.ts";
import { inFolder, median, run } from "./measure.ts";

const [rounds = 7, count = 1000] = process.argv.slice(2).map(Number);

/** The limits are those that the range may cost. */
const ranges = [
  { name: "2.14", options: [], limit: 1 },
  { name: "2.10..2.14", options: ["--all-patches"], limit: 2 },
  { name: "2.0..main", options: ["--all-patches"], limit: 4 },
] as const;

inFolder((folder) => {
  const file = join(folder, "policies.yaml");
  writeFileSync(file, writeYaml(policies(count)));
  const report = ["--format", "compact", "--output-file", join(folder, "report")];
  const costs = Array.from({ length: rounds }, () =>
    ranges.map(({ name, options }) => run(folder, ["check", "--kuma", name, ...options, ...report, file])),
  );
  for (const [i, { name, limit }] of ranges.entries()) {
    const ratio = (of: "clock" | "processor"): string =>
      median(costs.map((round) => (round[i]?.[of] ?? NaN) / (round[0]?.[of] ?? NaN))).toFixed(2);
    console.log(
      `${name}: ${ratio("clock")} × by the clock, ${ratio("processor")} × of the processor; at most ${limit} ×`,
    );
  }
});
