import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Where Node keeps what it made of the sources, so that each run does not read them anew. */
const compileCache = fileURLToPath(new URL("../../../../node_modules/.cache/compile", import.meta.url));

/** What a run of the command line left behind. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line from its sources, as a process of its own. */
export function meshlog(
  args: readonly string[],
  {
    cwd,
    input = "",
    env = {},
  }: { readonly cwd?: string; readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=@meshlog/source", main, ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, FORCE_COLOR: undefined, NO_COLOR: "1", ...env },
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, error: stderr };
}

/** A folder that holds the files, and goes with the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "meshlog-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
