/**
 * How `meshlog compile --jsonl` grows: with the policies, the proxies and the outbounds of a mesh, each doubled alone. The
 * built command as a process; the ratios are medians of rounds in which each mesh is compiled once.
 * `node benchmarks/compile.ts [ROUNDS] [POLICIES PROXIES OUTBOUNDS]`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { world, type WorldSize } from "./inputs/worlds.ts";
import { writeYaml } from "./inputs/write-yaml.ts";
import { type Cost, inFolder, median, run } from "./measure.ts";

const [rounds = 5, policies = 1000, proxies = 1000, outbounds = 10] = process.argv.slice(2).map(Number);
const size: WorldSize = { policies, proxies, outbounds };

/** The limits are those of time, and for twice the proxies of memory. */
const meshes = [
  { name: "the mesh", size, limit: 1 },
  { name: "twice the policies", size: { ...size, policies: 2 * policies }, limit: 2.2 },
  { name: "twice the proxies", size: { ...size, proxies: 2 * proxies }, limit: 2.2, memory: 1.2 },
  { name: "twice the outbounds", size: { ...size, outbounds: 2 * outbounds }, limit: 2.2 },
] as const;

const options = ["--kuma", "2.14", "--jsonl", "--quiet"];

inFolder((folder) => {
  const files = meshes.map(({ size }, i) => {
    const file = join(folder, `world-${i}.yaml`);
    writeFileSync(file, writeYaml(world(size)));
    return file;
  });
  // Every round begins with another mesh, so that none is always the first.
  const costs = Array.from({ length: rounds }, (_, round) => {
    const order = files.map((_, i) => (i + round) % files.length);
    const found = order.map((i) => [i, run(folder, ["compile", ...options, files[i] ?? ""])] as const);
    return found.toSorted(([a], [b]) => a - b).map(([, cost]) => cost);
  });
  for (const [i, { name, limit, ...limits }] of meshes.entries()) {
    const ratio = (of: keyof Cost): string =>
      median(costs.map((round) => (round[i]?.[of] ?? NaN) / (round[0]?.[of] ?? NaN))).toFixed(2);
    const memory = "memory" in limits ? ` (at most ${limits.memory})` : "";
    console.log(
      `${name}: ${ratio("processor")} × the time (at most ${limit}), ${ratio("memory")} × the memory${memory}`,
    );
  }
});
