/**
 * What `meshlog compile --jsonl` costs a proxy, and how that grows: with ten times the proxies, ten times the policies, and
 * over three doublings of the policies, the proxies and the outbounds. The built command as a process, its output
 * written to a file; ratios are medians of rounds with their spread. What a proxy costs is what a mesh with more proxies
 * costs more: by the clock, as the yardstick and Kuma are measured, and of the processor, which counts the engine's own
 * threads, too. Growth is that of the processor's time.
 *
 *     node --conditions=@meshlog/source benchmarks/compile.ts [ROUNDS]
 */
import { openSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../packages/compiler/src/compile.ts";
import { load } from "../packages/compiler/src/source/load.ts";
import { target } from "../packages/parser/src/index.ts";
import { world, type WorldSize } from "./inputs/worlds.ts";
import { writeYaml } from "./inputs/write-yaml.ts";
import { type Cost, inFolder, median, medianAndSpread, run, type Time } from "./measure.ts";
import { referenceScale } from "./yardstick.ts";

const [rounds = 5] = process.argv.slice(2).map(Number);
const outbounds = 10;

inFolder((folder) => {
  const files = new Map<string, string>();
  const compiled = (size: WorldSize, ...options: readonly string[]): Cost => {
    const key = JSON.stringify(size);
    const file = files.get(key) ?? join(folder, `world-${files.size}.yaml`);
    if (!files.has(key)) writeFileSync(file, writeYaml(world(size)));
    files.set(key, file);
    const output = openSync(join(folder, "out.jsonl"), "w");
    try {
      return run(folder, ["compile", "--kuma", "2.14", "--jsonl", "--quiet", ...options, file], output);
    } finally {
      closeSync(output);
    }
  };

  const small = { policies: 1000, proxies: 100, outbounds };
  const costs = Array.from({ length: rounds }, () => ({
    scale: referenceScale(),
    few: compiled({ ...small, policies: 100 }),
    fewMore: compiled({ ...small, policies: 100, proxies: 1000 }),
    small: compiled(small),
    more: compiled({ ...small, proxies: 1000 }),
    many: compiled({ ...small, proxies: 10_000 }),
    shared: compiled({ ...small, proxies: 10_000 }, "--jobs", "2"),
  }));
  type Costs = (typeof costs)[number];
  const row = (name: string, goal: string, of: (found: Costs) => number): void => {
    console.log(`${name}: ${medianAndSpread(costs.map(of), "")}, at most ${goal}`);
  };
  const perProxy = (less: Cost, more: Cost, proxies: number, by: Time = "processor"): number =>
    (more[by] - less[by]) / proxies;
  const loggers = loggersOf(1000) / loggersOf(100);
  for (const [by, goal] of [
    ["clock", ", at most 1.5"],
    ["processor", ""],
  ] as const) {
    const cost = (of: (found: Costs) => number): string =>
      medianAndSpread(
        costs.map((found) => found.scale * of(found)),
        " ms",
      );
    const few = cost(({ small, more }) => perProxy(small, more, 900, by));
    const many = cost(({ more, many }) => perProxy(more, many, 9000, by));
    console.log(`a proxy on the reference scale, by the ${by}: ${few} to 1,000 proxies, ${many} to 10,000${goal}`);
  }
  row(
    "time per proxy at ten times the proxies, ×",
    "1.1",
    ({ small, more, many }) => perProxy(more, many, 9000) / perProxy(small, more, 900),
  );
  row(
    "time per logger at ten times the policies, ×",
    "1.2",
    ({ few, fewMore, small, more }) => perProxy(small, more, 900) / perProxy(few, fewMore, 900) / loggers,
  );
  for (const [name, of] of [
    ["100", ({ small }) => small],
    ["1,000", ({ more }) => more],
    ["10,000", ({ many }) => many],
  ] satisfies readonly (readonly [string, (found: Costs) => Cost])[]) {
    row(`megabytes at ${name} proxies`, "300", (found) => of(found).memory / 1e6);
  }

  for (const by of ["clock", "processor"] as const) {
    const ratio = medianAndSpread(costs.map(({ many, shared }) => shared[by] / many[by]));
    console.log(`10,000 proxies with --jobs 2, by the ${by}: ${ratio} one thread`);
  }

  for (const what of ["policies", "proxies", "outbounds"] as const) {
    const base = { policies: 250, proxies: 250, outbounds };
    const doubled = [1, 2, 4, 8].map((times) => ({ ...base, [what]: base[what] * times }));
    const times = doubled.map((size) => median(Array.from({ length: rounds }, () => compiled(size).processor)));
    const ratios = times.slice(1).map((time, i) => (time / (times[i] ?? NaN)).toFixed(2));
    console.log(`three doublings of the ${what}: × ${ratios.join(" × ")} the time (at most 2.2 each)`);
  }
});

/** How many loggers a proxy has, on the average. */
function loggersOf(policies: number): number {
  const release = target("kuma 2.14").value?.members.at(-1)?.kuma;
  if (release === undefined) throw new Error("there is no Kuma 2.14");
  const { value: bundle } = load([
    { path: "world.yaml", content: writeYaml(world({ policies, proxies: 50, outbounds })) },
  ]);
  const proxies = [...compile(bundle, release).value.proxies];
  const all = proxies.flatMap(({ listeners }) => listeners.map(({ accessLog }) => accessLog.length));
  return all.reduce((a, b) => a + b) / proxies.length;
}
