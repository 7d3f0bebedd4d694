/**
 * `meshlog check` of policies beside bare YAML readers, each in a process of its own: js-yaml's events document by
 * document, and the `yaml` package likewise; how it grows over three doublings; and what ranges of releases cost.
 * The ratios are medians of rounds in which each is run once, with their spread.
 *
 *     node benchmarks/check.ts [ROUNDS [POLICIES]]
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "./inputs/worlds.ts";
import { writeYaml } from "./inputs/write-yaml.ts";
import { type Cost, inFolder, median, medianAndSpread, readBare, run, type Time } from "./measure.ts";

const [rounds = 5, count = 10_000] = process.argv.slice(2).map(Number);

inFolder((folder) => {
  const write = (some: number): string => {
    const file = join(folder, `policies-${some}.yaml`);
    writeFileSync(file, writeYaml(policies(some)));
    return file;
  };
  const file = write(count);
  const report = ["--format", "compact", "--output-file", join(folder, "report")];
  const check = (of: string, ...options: readonly string[]): Cost => run(folder, ["check", ...options, ...report, of]);

  const runs: Readonly<Record<string, () => Cost>> = {
    "js-yaml's events": () => readBare(folder, "events", file),
    "yaml's documents": () => readBare(folder, "documents", file),
    check: () => check(file),
    "check --jobs 2": () => check(file, "--jobs", "2"),
    "check --kuma 2.10..2.14 --all-patches": () => check(file, "--kuma", "2.10..2.14", "--all-patches"),
    "check --kuma 2.0..main --all-patches": () => check(file, "--kuma", "2.0..main", "--all-patches"),
  };
  const costs = Array.from({ length: rounds }, () => Object.values(runs).map((one) => one()));
  const names = Object.keys(runs);
  const ratio = (name: string, to: string, of: Time): string =>
    medianAndSpread(costs.map((round) => cost(round, name)[of] / cost(round, to)[of]));
  const cost = (round: readonly Cost[], name: string): Cost => round[names.indexOf(name)] ?? none;

  console.log(`${count} policies, ${rounds} rounds; by the clock, and of the processor`);
  const compare = (name: string, to: string, limit: string): void => {
    console.log(`${name} / ${to}: ${ratio(name, to, "clock")}, ${ratio(name, to, "processor")}${limit}`);
  };
  compare("check", "js-yaml's events", ", at most 2");
  compare("check", "yaml's documents", "");
  compare("check --jobs 2", "js-yaml's events", ", at most 1.4 by the clock, on a machine with nothing else to do");
  compare("check --jobs 2", "check", "");
  compare("check --kuma 2.10..2.14 --all-patches", "check", ", at most 1.5");
  compare("check --kuma 2.0..main --all-patches", "check", ", at most 3");
  for (const name of names) {
    const memory = median(costs.map((round) => cost(round, name).memory)) / 1e6;
    console.log(`${name}: ${memory.toFixed(0)} MB at its peak${name === "check" ? ", at most 150" : ""}`);
  }

  const sizes = [8, 4, 2, 1].map((part) => Math.ceil(count / part));
  const growing = sizes.map(write);
  const grown = Array.from({ length: rounds }, () => growing.map((one) => check(one).processor));
  for (const [i, size] of sizes.entries()) {
    if (i === 0) continue;
    const slope = median(grown.map((round) => (round[i] ?? NaN) / (round[i - 1] ?? NaN)));
    console.log(`${size} policies / ${sizes[i - 1] ?? 0}: ${slope.toFixed(2)} × of the processor`);
  }
});

const none: Cost = { clock: NaN, processor: NaN, memory: NaN };
