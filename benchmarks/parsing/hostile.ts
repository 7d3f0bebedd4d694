/**
 * How the time of parse and check grows on hostile input: twice the input should take twice the time.
 *
 *     node --expose-gc --conditions=@meshlog/source benchmarks/parsing/hostile.ts [REPEATS [NAME]]
 */
import { check, defaultTarget, parse, target } from "../../packages/parser/src/index.ts";
import { hostileInputs } from "./hostile-inputs.ts";

const everyEnvoy = target("envoy 1.22..1.40").value ?? defaultTarget;
const everyKuma = target("kuma 2.0..2.14").value ?? defaultTarget;

const repeats = Number(process.argv[2] ?? 7);
const wanted = process.argv[3] ?? "";
const sizes = [250_000, 500_000, 1_000_000];

/** Milliseconds of this thread to parse and check a text: what else the machine does is not in them. */
function time(text: string): number {
  globalThis.gc?.();
  const before = process.threadCpuUsage();
  // The system counts in ticks of some milliseconds: short runs are repeated.
  for (let runs = 1; ; runs++) {
    const format = parse(text);
    check(format, everyEnvoy);
    check(format, everyKuma);
    const { user, system } = process.threadCpuUsage(before);
    const spent = (user + system) / 1000;
    if (spent > 40) return spent / runs;
  }
}

console.log(`milliseconds for 250 kB, 500 kB and 1 MB, the best of ${repeats}; × for each doubling, and for the last`);
let worst = 0;
for (const [name, make] of Object.entries(hostileInputs)) {
  if (!name.includes(wanted)) continue;
  const texts = sizes.map((size) => make(size));
  const best = sizes.map(() => Infinity);
  // Sizes take turns, so that whatever else the machine does meets all of them.
  for (let round = 0; round < repeats; round++) {
    texts.forEach((text, i) => {
      best[i] = Math.min(best[i] ?? Infinity, time(text));
    });
  }
  const [quarter = 1, half = 1, full = 1] = best;
  const growth = Math.sqrt(full / quarter);
  worst = Math.max(worst, growth);
  const columns = best.map((milliseconds) => milliseconds.toFixed(1).padStart(8)).join(" ");
  const shown = JSON.stringify(name).slice(1, -1).padEnd(26);
  console.log(`${shown} ${columns}  × ${growth.toFixed(2)}  × ${(full / half).toFixed(2)}`);
}
console.log(`twice the input takes at most ${worst.toFixed(2)} times the time`);
