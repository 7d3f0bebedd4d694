import { spawnSync } from "node:child_process";

/** Runs a command to its end and gives its stdout; a failure is an error with all that it wrote. */
export function runCommand(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (error !== undefined) throw new Error(`${command} does not run: ${error.message}`);
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} failed:\n${(stdout + stderr).trim()}`);
  return stdout;
}
