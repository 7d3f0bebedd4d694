/**
 * How long `meshlog` takes before it does anything, beside a Node that does nothing: its version, and the check of one
 * small file. The ratios are of medians by the clock; the runs take turns.
 *
 *     node benchmarks/start.ts [ROUNDS]
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "./inputs/worlds.ts";
import { writeYaml } from "./inputs/write-yaml.ts";
import { command, inFolder, median, medianAndSpread } from "./measure.ts";

const [rounds = 41] = process.argv.slice(2).map(Number);

inFolder((folder) => {
  const file = join(folder, "policy.yaml");
  writeFileSync(file, writeYaml(policies(1)));
  const runs = {
    "node -e 0": ["-e", "0"],
    "meshlog --version": [command, "--version"],
    "meshlog check of one file": [command, "check", file],
  };
  const clocks = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, args] of Object.entries(runs)) {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
      if (status !== 0) throw new Error(`${name} ends with ${status ?? "a signal"}`);
      // In the first round the engine's cache of compiled code may be empty.
      if (round > 0) clocks.get(name)?.push(performance.now() - start);
    }
  }
  const nothing = median(clocks.get("node -e 0") ?? []);
  for (const [name, measured] of clocks) {
    console.log(`${name}: ${medianAndSpread(measured.map((clock) => clock / nothing))}`);
  }
  console.log("limit for the check: 3 ×");
});
