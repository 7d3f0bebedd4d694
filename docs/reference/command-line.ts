import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { block, page, prose } from "./markdown.ts";

const main = fileURLToPath(new URL("../../packages/compiler/src/cli/main.ts", import.meta.url));

/** What `--help` prints, of the program and of each of its commands. */
export function commandLine(): string {
  const program = help([]);
  const commands = Array.from(program.matchAll(/^ {2}([a-z]+) .*?\S {2,}/gm), ([, name = ""]) => name);
  return page(
    "# Command line",
    block("text", program),
    prose(
      "Exit codes: 0 if all is well, 1 if Kuma or Envoy refuse something (or there is a difference), 2 if meshlog could not do its work.",
    ),
    ...commands.filter((name) => name !== "help").flatMap((name) => [`## ${name}`, block("text", help([name]))]),
  );
}

function help(command: readonly string[]): string {
  const args = ["--conditions=@meshlog/source", main, ...command, "--help"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
