import { Argument, Command, CommanderError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { documentKinds } from "../documents/document-kinds.ts";
import { reportFormats } from "../documents/report-formats.ts";
import { schemaShapes } from "../documents/schema-shapes.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { CompileCommandOptions } from "./commands/compile.ts";
import type { DiffCommandOptions } from "./commands/diff.ts";
import type { ExplainOptions } from "./commands/explain.ts";
import type { FmtOptions } from "./commands/fmt.ts";
import type { InitOptions } from "./commands/init.ts";
import type { MigrateCommandOptions } from "./commands/migrate.ts";
import type { OperatorsOptions } from "./commands/operators.ts";
import type { SchemaOptions } from "./commands/schema.ts";
import type { ParseOptions } from "./commands/parse.ts";
import type { PreviewCommandOptions } from "./commands/preview.ts";
import type { VerifyCommandOptions } from "./commands/verify.ts";
import {
  colors,
  config,
  configured,
  envoys,
  expression,
  files,
  jobs,
  maxWarnings,
  protocol,
  releases,
  reports,
} from "./command-options.ts";
import { type Shell, shells } from "./completion/shells.ts";
import { exitCode, UsageError } from "./exit-code.ts";
import { helpExamples } from "./help-examples.ts";
import { ciKinds } from "./init/ci-files.ts";
import type { Streams } from "./streams.ts";

/**
 * Runs the command line.
 *
 * @param argv as a process has it: what is called comes third.
 * @returns the exit code of the process.
 */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  let code: number = exitCode.clean;
  const end = (ended: number): void => {
    code = ended;
  };
  const program = createProgram(streams, end, argv[2]);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.failed;
    if (error instanceof UsageError) streams.error(error.told);
    else streams.error(bugReport(error));
    return exitCode.failed;
  }
}

/**
 * The commands and what they take. Each is loaded when it is called, so that none pays for the others.
 *
 * @param end takes the exit code of a command that has run.
 * @param only the name of the command that is called: if it is one, the others are not made.
 */
export function createProgram(streams: Streams, end: (code: number) => void, only?: string): Command {
  const program = new Command("meshlog")
    .description("Checks and compiles the access logs of a Kuma mesh.")
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        streams.out(text);
      },
      writeErr: (text) => {
        streams.error(text);
      },
    })
    .showHelpAfterError("(meshlog --help tells more)");

  const add = (name: string, options: readonly Option[]): Command =>
    options
      .reduce((made, option) => made.addOption(option), program.command(name))
      .addHelpText("after", examplesOf(name));

  const commands: Readonly<Record<string, (command: (options: readonly Option[]) => Command) => void>> = {
    check: (command) =>
      command([expression(), ...releases(), envoys(), protocol(), ...files(), ...configured(), ...reports()])
        .summary("judge policies and formats")
        .description(
          "Says what Kuma's API would answer to each MeshAccessLog, and what Envoy would say of each format.",
        )
        .argument("[paths...]", "files, folders, globs, or - for the standard input")
        .option("--lines", 'judge one format a line of the standard input: {"format": …} or {"json": …}')
        .addOption(new Option("--format <format>", "of the report (default: pretty)").choices(reportFormats))
        .option("--output-file <file>", "write the report there")
        .addOption(maxWarnings())
        .addOption(jobs())
        .option("--fix", "mend in the files what can be mended safely")
        .option("--watch", "check again whenever a file changes")
        .action(async (paths: string[], options: CheckOptions) => {
          const { runCheck } = await import("./commands/check.ts");
          end(await runCheck(paths, options, streams));
        }),

    compile: (command) =>
      command([...releases(), ...files(), ...configured(), ...reports()])
        .summary("make Envoy's access-log configuration")
        .description("Compiles a bundle to what Kuma's control plane would send to each proxy.")
        .argument("<paths...>", "files, folders, globs, or - for the standard input")
        .option("--out <folder>", "write bundle.json and a file for each proxy there")
        .option("--mesh <name>", "only the proxies of this mesh")
        .option("--dataplane <name>", "only this proxy")
        .addOption(new Option("--shard <i/n>", "only the i-th of n parts of the proxies, from 0"))
        .option("--compact", "JSON without white space")
        .addOption(jobs())
        .option("--jsonl", "one line for the policies, then one for each proxy, as they are made")
        .option("--strict", "warnings fail the run")
        .addOption(maxWarnings())
        .option("--explain", "say of each listener which items of policies it comes from")
        .action(async (paths: string[], options: CompileCommandOptions) => {
          const { runCompile } = await import("./commands/compile.ts");
          end(await runCompile(paths, options, streams));
        }),

    explain: (command) =>
      command([...releases(), ...files(), ...configured(), ...reports()])
        .summary("tell what a diagnostic means, or why a proxy logs what it logs")
        .description(
          "Tells what a diagnostic means, or lists those of a family, or tells why a proxy logs what it logs.",
        )
        .usage("[options] CODE | --proxy MESH/NAME PATHS...")
        .argument(
          "[code or paths...]",
          "lint/endpoint, lint; with --proxy files, folders, globs, or - for the standard input",
        )
        .option("--proxy <mesh/name>", "the Dataplane to tell about")
        .option("--mesh <name>", "the mesh of the Dataplane, if --proxy is its name alone")
        .option("--strict", "warnings fail the run, too")
        .addOption(new Option("--format <format>", "of the answer").choices(["text", "json"]).default("text"))
        .action(async (named: string[], options: ExplainOptions) => {
          const { runExplain } = await import("./commands/explain.ts");
          end(await runExplain(named, options, streams));
        }),

    diff: (command) =>
      command([...files(), ...configured(), ...colors()])
        .summary("show how access logs change")
        .description("Compares what two bundles compile to, or one bundle for two releases: --kuma 2.13 --to 2.14.")
        .argument("<bundles...>", "OLD and NEW: a file, a folder, a glob, or - for the standard input")
        .option("--kuma <version>", "the release of Kuma: 2.14, v2.14.1")
        .option("--to <version>", "the release of NEW, if it is another one")
        .option("--mesh <name>", "only the proxies of this mesh")
        .option("--dataplane <name>", "only this proxy")
        .addOption(
          new Option("--format <format>", "of the report")
            .choices(["pretty", "json", "github", "markdown"])
            .default("pretty"),
        )
        .action(async (paths: string[], options: DiffCommandOptions) => {
          const { runDiff } = await import("./commands/diff.ts");
          end(await runDiff(paths, options, streams));
        }),

    migrate: (command) =>
      command([...files(), ...configured(), ...reports()])
        .summary("rewrite policies for a newer Kuma")
        .description(
          "Rewrites policies in place for a newer release of Kuma, without changing what any proxy of the bundle logs, and keeps comments and layout.",
        )
        .argument("<paths...>", "files, folders, globs, or - for the standard input")
        .requiredOption("--to <version>", "the release to write for: 2.14, main")
        .option("--kuma <version>", "the release that the files are for (default: of the line before)")
        .option("--check", "write nothing; fail if anything would change")
        .option("--diff", "write nothing; print what would change")
        .option("--stdout", "write nothing; print the file")
        .addOption(
          new Option("--format <format>", "of the report; json writes nothing")
            .choices(["pretty", "json"])
            .default("pretty"),
        )
        .action(async (paths: string[], options: MigrateCommandOptions) => {
          const { runMigrate } = await import("./commands/migrate.ts");
          end(await runMigrate(paths, options, streams));
        }),

    verify: (command) =>
      command([...files(), ...configured(), ...colors()])
        .summary("compare a live proxy with a bundle")
        .description("Compares what a live proxy runs with to what a bundle compiles to for it.")
        .argument("[paths...]", "files, folders, globs, or - for the standard input")
        .requiredOption(
          "--config-dump <file>",
          "Envoy's /config_dump, or the control plane's _config; - for the standard input",
        )
        .option("--facts", "print what the dump tells of the proxy, for --control-plane")
        .option("--kuma <version>", "the release of Kuma: 2.14, v2.14.1")
        .option("--mesh <name>", "the mesh of the proxy, if the dump does not say")
        .option("--dataplane <name>", "the name of the proxy, if the dump does not say")
        .addOption(new Option("--format <format>", "of the report").choices(["pretty", "json"]).default("pretty"))
        .action(async (paths: string[], options: VerifyCommandOptions) => {
          const { runVerify } = await import("./commands/verify.ts");
          end(await runVerify(paths, options, streams));
        }),

    parse: (command) =>
      command([expression(), ...releases(), envoys(), ...files(), config()])
        .summary("show the syntax tree of formats")
        .description("Prints the syntax trees of formats as JSON: those given with -e, or those of policies.")
        .argument("[paths...]", "files, folders, globs, or - for the standard input")
        .option("--print", "print the formats back")
        .action(async (paths: string[], options: ParseOptions) => {
          const { runParse } = await import("./commands/parse.ts");
          end(await runParse(paths, options, streams));
        }),

    preview: (command) =>
      command([expression(), ...releases(), envoys(), ...files(), ...configured()])
        .summary("show the line that Envoy would write")
        .description("Renders formats, or those of policies, for sample traffic: the line that Envoy would write.")
        .argument("[paths...]", "files, folders, globs, or - for the standard input")
        .option("--traffic <file>", "what happens: http, grpc, tcp, tls, failure, or a file that describes it", "http")
        .option("--omit-empty", "as with omit_empty_values")
        .option("--json-format", "the formats of -e are JSON formats")
        .option("--timezone <zone>", "where the Envoy runs, for operators with _LOCAL", "UTC")
        .option("--lines", 'render one format a line of the standard input: {"format": …} or {"json": …}')
        .option("--mesh <name>", "the mesh of the Dataplane")
        .option("--dataplane <name>", "the listeners of this proxy, with its values")
        .addOption(new Option("--format <format>", "of what is printed").choices(["text", "json"]).default("text"))
        .action(async (paths: string[], options: PreviewCommandOptions) => {
          const { runPreview } = await import("./commands/preview.ts");
          end(await runPreview(paths, options, streams));
        }),

    operators: (command) =>
      command([...releases(), envoys(), protocol(), config()])
        .summary("list the operators of formats")
        .description("Lists the operators that a format can have, or tells everything about one.")
        .argument("[name]", "of an operator")
        .addOption(
          new Option("--format <format>", "of the list").choices(["table", "json", "markdown"]).default("table"),
        )
        .action(async (name: string | undefined, options: OperatorsOptions) => {
          const { runOperators } = await import("./commands/operators.ts");
          end(runOperators(name, options, streams));
        }),

    fmt: (command) =>
      command([...files(), config()])
        .summary("lay out the files of policies")
        .description(
          "Lays out YAML files with resources of Kuma's as Prettier does. Values, keys, their order, comments and documents of others stay.",
        )
        .argument("<paths...>", "files, folders, globs, or - for the standard input")
        .option("--check", "say which files would change, and write none")
        .option("--diff", "show what would change, and write nothing")
        .option("--stdout", "print the texts instead of writing files")
        .action(async (paths: string[], options: FmtOptions) => {
          const { runFmt } = await import("./commands/fmt.ts");
          end(await runFmt(paths, options, streams));
        }),

    schema: (command) =>
      command([...releases(), config()])
        .summary("print the JSON Schema of policies, or of another document")
        .description(
          "Prints the JSON Schema of MeshAccessLogs, or of a document of meshlog's own, for editors of YAML.",
        )
        .addOption(
          new Option("--kind <kind>", "of the document")
            .choices(["MeshAccessLog", ...documentKinds])
            .default("MeshAccessLog"),
        )
        .addOption(new Option("--shape <shape>", "of the policies").choices(schemaShapes).default("both"))
        .action(async (options: SchemaOptions) => {
          const { runSchema } = await import("./commands/schema.ts");
          end(runSchema(options, streams));
        }),

    init: (command) =>
      command([])
        .summary("start with a configuration and a policy")
        .description(
          "Writes meshlog.config.yaml and a first policy, and what checks policies on every change if asked to.",
        )
        .argument("[folder]", "where to", ".")
        .option("--kuma <version>", "the release of Kuma: 2.14, v2.14.1")
        .addOption(
          new Option("--shape <shape>", "of the policy").choices(["universal", "kubernetes"]).default("universal"),
        )
        .addOption(new Option("--ci <kind>", "write what runs meshlog there, too").choices(ciKinds))
        .option("--force", "write over files that are there")
        .action(async (folder: string, options: InitOptions) => {
          const { runInit } = await import("./commands/init.ts");
          end(await runInit(folder, options, streams));
        }),

    completion: (command) =>
      command([])
        .summary("print what completes meshlog in a shell")
        .description("Prints the script with which a shell completes commands, options and their values.")
        .addArgument(new Argument("<shell>", "the shell").choices(shells))
        .action(async (shell: Shell) => {
          const { runCompletion } = await import("./commands/completion.ts");
          end(runCompletion(shell, createProgram(streams, end), streams));
        }),
  };
  const names = only !== undefined && Object.hasOwn(commands, only) ? [only] : Object.keys(commands);
  for (const name of names) commands[name]?.((options) => add(name, options));
  return program;
}

function examplesOf(command: string): string {
  const examples = helpExamples[command] ?? [];
  return `\nExamples:\n${examples.map((example) => `  ${example}\n`).join("")}`.trimEnd();
}

function bugReport(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `meshlog: this is a bug in meshlog; please report it with the input that shows it.\n${text}\n`;
}
