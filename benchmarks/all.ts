/**
 * All measurements, one after another: `pnpm benchmarks [NAME…]`, after `pnpm build` and on a quiet machine. Each compares
 * with its peers in the same run and prints ratios; the table of the README is made of what they print.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const measurements: Readonly<Record<string, string>> = {
  parsing: "parsing/parsing.ts",
  hostile: "parsing/hostile.ts",
  rendering: "rendering.ts",
  start: "start.ts",
  check: "check.ts",
  link: "link.ts",
  compile: "compile.ts",
  editor: "editor/editor.ts",
  previous: "previous.ts",
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(measurements, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", no ")}; there are ${Object.keys(measurements).join(", ")}.`);
  process.exit(2);
}
let failed = 0;
for (const [name, script] of Object.entries(measurements)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}: benchmarks/${script}`);
  const file = join(import.meta.dirname, script);
  const options = ["--expose-gc", "--conditions=@meshlog/source"];
  const { status } = spawnSync(process.execPath, [...options, file], { stdio: "inherit" });
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
