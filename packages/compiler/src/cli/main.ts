import { Command, CommanderError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import type { CheckOptions } from "./commands/check.ts";
import type { CompileCommandOptions } from "./commands/compile.ts";
import { exitCode, UsageError } from "./exit-code.ts";
import { standardStreams } from "./streams.ts";

/** Runs the command line. Each command is loaded when it is called, so that none pays for the others. */
async function main(argv: readonly string[]): Promise<number> {
  let code: number = exitCode.clean;
  const streams = standardStreams();
  const program = new Command("meshlog")
    .description("Checks and compiles the access logs of a Kuma mesh.")
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError("(meshlog --help tells more)");

  const color = [new Option("--color", "colour the report"), new Option("--no-color", "do not")];
  const sources = [
    new Option("--kuma <range>", "releases of Kuma: 2.14, v2.14.1, 2.14.0..2.14.3"),
    new Option("--all-patches", "every patch of a range, not only the newest of each line"),
    new Option("--stdin-filename <name>", "what diagnostics call the standard input (path -)").default("stdin.yaml"),
    new Option("--ignore <glob...>", "leave out files that match"),
    new Option("--quiet", "errors only"),
    ...color,
  ];

  const check = program
    .command("check")
    .summary("judge policies and formats")
    .description("Says what Kuma's API would answer to each MeshAccessLog, and what Envoy would say of each format.")
    .argument("[paths...]", "files, folders, globs, or - for the standard input")
    .option("-e, --expression <format>", "judge this format string (may be given several times)", collect)
    .option("--lines", 'judge one format a line of the standard input: {"format": …} or {"json": …}')
    .addOption(new Option("--envoy <range>", "judge formats by these releases of Envoy: 1.38, 1.30..1.38.2"))
    .addOption(new Option("--protocol <protocol>", "of the traffic that -e is for").choices(["http", "tcp"]))
    .addOption(
      new Option("--format <format>", "of the report").choices(["pretty", "compact", "json"]).default("pretty"),
    )
    .option("--output-file <file>", "write the report there")
    .option("--max-warnings <count>", "fail if there are more warnings", count)
    .action(async (paths: string[], options: CheckOptions) => {
      const { runCheck } = await import("./commands/check.ts");
      code = await runCheck(paths, options, streams);
    });
  for (const option of sources) check.addOption(option);

  const compile = program
    .command("compile")
    .summary("make Envoy's access-log configuration")
    .description("Compiles a bundle to what Kuma's control plane would send to each proxy.")
    .argument("<paths...>", "files, folders, globs, or - for the standard input")
    .option("--out <folder>", "write bundle.json and a file for each proxy there")
    .option("--mesh <name>", "only the proxies of this mesh")
    .option("--dataplane <name>", "only this proxy")
    .addOption(new Option("--shard <i/n>", "only the i-th of n parts of the proxies, from 0"))
    .option("--compact", "JSON without white space")
    .option("--jsonl", "one line for the policies, then one for each proxy, as they are made")
    .option("--strict", "warnings fail the run")
    .action(async (paths: string[], options: CompileCommandOptions) => {
      const { runCompile } = await import("./commands/compile.ts");
      code = await runCompile(paths, options, streams);
    });
  for (const option of sources) compile.addOption(option);

  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.failed;
    if (error instanceof UsageError) streams.error(`meshlog: ${error.message}\n`);
    else streams.error(bugReport(error));
    return exitCode.failed;
  }
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new UsageError(`--max-warnings takes a number, not "${value}".`);
  return number;
}

function bugReport(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `meshlog: this is a bug in meshlog; please report it with the input that shows it.\n${text}\n`;
}

process.exitCode = await main(process.argv);
