/**
 * This version beside an earlier one, which is built from its commit: the start, `check` of 10,000 policies and `compile` of
 * a mesh with 1,000 policies and 100 proxies. The runs take turns; below 1 this version is the cheaper one.
 *
 *     node benchmarks/previous.ts [COMMIT [ROUNDS]]
 *
 * Without a commit it is the last release, told by its tag.
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { policies, world } from "./inputs/worlds.ts";
import { writeYaml } from "./inputs/write-yaml.ts";
import { command, type Cost, inFolder, medianAndSpread, run } from "./measure.ts";

const [named, rounds = "7"] = process.argv.slice(2);
const repository = join(import.meta.dirname, "..");
const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: repository, encoding: "utf8" });

const [release] = git("tag", "--list", "@meshlog/compiler@*", "--sort=-version:refname").split("\n");
const commit = named ?? release ?? "";
if (commit === "") console.log("There is no release yet; name a commit to compare with.");
else inFolder(compareWith);

function compareWith(folder: string): void {
  const checkout = join(folder, "earlier");
  git("worktree", "add", "--detach", checkout, commit);
  try {
    for (const args of [["install", "--frozen-lockfile", "--prefer-offline"], ["build"]]) {
      execFileSync("npx", ["--yes", "pnpm@12", "--silent", ...args], { cwd: checkout, stdio: ["ignore", "ignore", "inherit"] }); // prettier-ignore
    }
    measure(folder, join(checkout, "packages/compiler/bin/meshlog.js"));
  } finally {
    git("worktree", "remove", "--force", checkout);
  }
}

function measure(folder: string, earlier: string): void {
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const one = write("one.yaml", writeYaml(policies(1)));
  const many = write("policies.yaml", writeYaml(policies(10_000)));
  const mesh = write("mesh.yaml", writeYaml(world({ policies: 1000, proxies: 100, outbounds: 10 })));
  const report = ["--format", "compact", "--output-file", join(folder, "report")];
  const runs: Readonly<Record<string, readonly string[]>> = {
    "check of one policy": ["check", one],
    "check of 10,000 policies": ["check", ...report, many],
    "compile of 100 proxies": ["compile", "--kuma", "2.14", "--jsonl", "--quiet", mesh],
  };
  const written = (program: string, args: readonly string[]): Cost => {
    const output = openSync(join(folder, "output"), "w");
    try {
      return run(folder, args, output, program);
    } finally {
      closeSync(output);
    }
  };
  console.log(`this version / ${commit}, ${rounds} rounds: the clock, the processor, the memory`);
  for (const [name, args] of Object.entries(runs)) {
    const pairs = Array.from(
      { length: Number(rounds) },
      () => [written(command, args), written(earlier, args)] as const,
    );
    const ratios = (["clock", "processor", "memory"] as const).map((of) =>
      medianAndSpread(pairs.map(([now, before]) => now[of] / before[of])),
    );
    console.log(`${name}: ${ratios.join(", ")}`);
  }
}
