import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** An editor or a browser that is on this machine. */
export interface InstalledClient {
  /** The path of the program. */
  readonly program: string;
  /** The numbers in the first line of what it says of its version: `[0, 7, 2]`. */
  readonly version: readonly number[];
}

/**
 * The first of the commands that runs here. Where none does, the suite that asks is to be skipped: a line on the
 * standard error says so, and how to get the client.
 */
export function findClient(name: string, commands: readonly string[]): InstalledClient | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const programs = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  for (const program of programs.filter((path) => existsSync(path))) {
    const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
    if (status !== 0) continue;
    const [line = ""] = stdout.split("\n");
    console.info(`${name}: ${line}`);
    return { program, version: (/\d+(\.\d+)+/.exec(line)?.[0] ?? "").split(".").map(Number) };
  }
  console.warn(
    `SKIPPED: ${name} is not here (no ${commands.join(", no ")} on the PATH); \`pnpm editors\` installs it.`,
  );
  return undefined;
}
