import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

it.each([
  [["--help"], 0],
  [["--version"], 0],
  [[], 2],
  [["--nope"], 2],
])("meshlog-lsp %j says how it is started and exits with %i", (options, code) => {
  const run = spawnSync(process.execPath, ["--conditions=@meshlog/source", main, ...options], { encoding: "utf8" });
  expect(run.stdout + run.stderr).toContain("Editors start it with --stdio.");
  expect(run.status).toBe(code);
});
