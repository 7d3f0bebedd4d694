/**
 * How the time of parse and check grows on hostile input: twice the input should take twice the time.
 *
 *     node --expose-gc --conditions=@meshlog/source benchmarks/parsing/hostile.ts [ROUNDS [NAME]]
 */
import { check, defaultTarget, parse, target } from "../../packages/parser/src/index.ts";
import { growth, row } from "../growth.ts";
import { hostileInputs } from "./hostile-inputs.ts";

const everyEnvoy = target("envoy 1.22..1.40").value ?? defaultTarget;
const everyKuma = target("kuma 2.0..2.14").value ?? defaultTarget;

const rounds = Number(process.argv[2] ?? 7);
const wanted = process.argv[3] ?? "";
const sizes = [250_000, 500_000, 1_000_000];

function parseAndCheck(text: string): void {
  const format = parse(text);
  check(format, everyEnvoy);
  check(format, everyKuma);
}

console.log(`milliseconds for 250 kB, 500 kB and 1 MB, the best of ${rounds}; × for each doubling, and for the last`);
let worst = 0;
for (const [name, make] of Object.entries(hostileInputs)) {
  if (!name.includes(wanted)) continue;
  const found = growth(sizes.map(make), parseAndCheck, rounds);
  worst = Math.max(worst, found.perDoubling);
  console.log(row(name, found));
}
console.log(`twice the input takes at most ${worst.toFixed(2)} times the time`);
