import { extname, resolve } from "node:path";
import { check as checkFormat, parse, type Target } from "@meshlog/parser";
import { type CheckedFiles, checkFiles, type PartsJudge } from "../../check-files.ts";
import { inDocumentOrder } from "../../document-order.ts";
import type { Diagnostic } from "../../diagnostics.ts";
import type { ReportFormat } from "../../documents/report-formats.ts";
import { policyRequest } from "../../documents/target-request.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { withLevels } from "../../suppressions/lint-levels.ts";
import { suppress } from "../../suppressions/suppress.ts";
import { colorWanted } from "../color.ts";
import { isMuch, keepYoungSpace, optimizeLate } from "../engine.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { mend } from "../fixes/mend.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { dataFormats, reporters } from "../reporters/index.ts";
import { printable } from "../reporters/printable.ts";
import { hasFailed, type Report, summarize } from "../reporters/report.ts";
import { documentationSite } from "../reporters/documentation.ts";
import { type ConfigurationOptions, findConfiguration, readSettings, type Settings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { formatTarget, policyTarget, type TargetOptions } from "../targets.ts";
import { runOnChange } from "../watch.ts";
import { writeWhole } from "../write-file.ts";
import { runCheckLines } from "./check-lines.ts";

/** The options of `meshlog check`. */
export interface CheckOptions extends TargetOptions, SourceOptions, ConfigurationOptions {
  readonly expression?: readonly string[];
  readonly protocol?: "http" | "tcp";
  /** Formats come from the standard input, one a line. */
  readonly lines?: boolean;
  readonly format?: ReportFormat;
  readonly outputFile?: string;
  readonly maxWarnings?: number;
  /** Applies the safe fixes to the files. */
  readonly fix?: boolean;
  /** Checks again when a file changes. */
  readonly watch?: boolean;
  /** How many threads judge policies; by default one. */
  readonly jobs?: number;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** `meshlog check`: exit code 1 if there are errors, or more warnings than allowed. */
export async function runCheck(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<number> {
  refuseContradictions(paths, options);
  if (options.lines === true) {
    return runCheckLines(options, readSettings(options).configuration, streams);
  }
  if (options.watch !== true) return checkOnce(paths, options, streams);

  let code: number = exitCode.clean;
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  const own = [options.config ?? findConfiguration(), options.controlPlane].flatMap((file) => file ?? []);
  const report = options.outputFile === undefined ? undefined : resolve(options.outputFile);
  await runOnChange(
    async () => {
      code = await checkOnce(paths, options, streams).catch((error: unknown) => {
        // A file that is being written may be gone or wrong for a moment.
        if (!(error instanceof UsageError)) throw error;
        streams.error(error.told);
        return exitCode.failed;
      });
    },
    [...paths, ...own],
    (file) => [".yaml", ".yml", ".json"].includes(extname(file)) && file !== report,
    stopping.signal,
  );
  return code;
}

function refuseContradictions(paths: readonly string[], options: CheckOptions): void {
  const { expression = [], lines, fix, watch } = options;
  if (lines === true && (paths.length > 0 || expression.length > 0)) {
    throw new UsageError("--lines reads formats from the standard input; it takes no paths and no -e.");
  }
  if (lines !== true && paths.length === 0 && expression.length === 0) {
    throw new UsageError("Name files or folders to check, - for the standard input, or a format with -e.");
  }
  if (paths.length > 0 && expression.length > 0) throw new UsageError("Give either paths or formats (-e), not both.");
  if ((fix === true || watch === true) && (paths.length === 0 || paths.includes("-"))) {
    throw new UsageError(`--${fix === true ? "fix" : "watch"} is for files; it takes no -e and no standard input.`);
  }
}

async function checkOnce(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<number> {
  const settings = readSettings(options);
  const { configuration } = settings;
  const report = paths.length > 0 ? await checkPaths(paths, options, settings, streams) : checkExpressions(options, settings); // prettier-ignore
  const shown = options.quiet === true ? quiet(report) : report;

  const format = options.format ?? configuration.format ?? "pretty";
  const color = shown.diagnostics.length > 0 && isColored(options, streams);
  const pieces = reporters[format](shown, { color, ...(documentationSite && { site: documentationSite }) });
  if (options.outputFile !== undefined) await writeWhole(options.outputFile, pieces);
  else if (dataFormats.has(format)) for (const text of pieces) streams.out(text);
  else for (const text of pieces) streams.error(text);
  return hasFailed(report) ? exitCode.findings : exitCode.clean;
}

function isColored(options: CheckOptions, streams: Streams): boolean {
  return options.outputFile === undefined ? colorWanted(options, streams) : options.color === true;
}

async function checkPaths(
  paths: readonly string[],
  options: CheckOptions,
  settings: Settings,
  streams: Streams,
): Promise<Report> {
  const { isIgnored, configuration } = settings;
  const target = policyTarget(options, configuration);
  const sources = await readSources(paths, { ...options, isIgnored }, streams);
  if (isMuch(sources)) {
    keepYoungSpace();
    if (options.watch !== true) optimizeLate();
  }
  const run = (judgePolicies?: PartsJudge): Promise<Report> =>
    checkSources(sources, options, target, settings, streams, judgePolicies);
  if (options.jobs === undefined || options.jobs === 1) return run();
  const { withCheckJobs } = await import("../jobs/check-jobs.ts");
  const releases = policyRequest(options, configuration);
  return withCheckJobs(options.jobs, sources, { releases, controlPlane: settings.controlPlane }, run);
}

async function checkSources(
  given: readonly SourceFile[],
  options: CheckOptions,
  target: Target,
  settings: Settings,
  streams: Streams,
  judgePolicies?: PartsJudge,
): Promise<Report> {
  let sources = given;
  if (options.fix === true) {
    const mended = await mend(sources, (files) => judge(files, target, settings, judgePolicies));
    for (const { path, text } of mended.changed) await writeWhole(path, text);
    sources = mended.sources;
    for (const { file, line, column, code, title } of mended.mendings) {
      streams.error(printable(`Fixed ${file}:${line}:${column} ${code}: ${title}`) + "\n");
    }
  }
  const { files, policies, diagnostics } = await judge(sources, target, settings, judgePolicies);
  if (options.fix === true) sayUnfixed(diagnostics, streams);
  const summary = summarize(diagnostics, files.length, policies);
  return { target, diagnostics, files, summary, ...allowance(options, settings) };
}

/** Says why there still are findings that have a fix. */
function sayUnfixed(diagnostics: readonly Diagnostic[], streams: Streams): void {
  const count = diagnostics.filter(({ fixes = [] }) => fixes.length > 0).length;
  if (count === 0) return;
  const findings = count === 1 ? "1 finding has a fix" : `${count} findings have fixes`;
  streams.error(`${findings} that --fix leaves to you, because it may change what is logged.\n\n`);
}

/** All there is to say about files, but for what comments and the configuration silence. */
async function judge(
  sources: readonly SourceFile[],
  target: Target,
  { controlPlane, levelsOf }: Settings,
  judgePolicies?: PartsJudge,
): Promise<CheckedFiles> {
  const { files, policies, diagnostics } = await checkFiles(sources, target, controlPlane, judgePolicies);
  const { value: heard, diagnostics: wrong } = suppress(files, diagnostics);
  const ordered = wrong.length === 0 ? heard : inDocumentOrder(files, heard, wrong);
  return { files, policies, diagnostics: withLevels(everywhere(ordered, target), levelsOf) };
}

function checkExpressions(options: CheckOptions, settings: Settings): Report {
  const { expression = [], protocol } = options;
  const target = formatTarget(options, settings.configuration);
  const files = expression.map((text, i) => ({ path: expression.length === 1 ? "-e" : `-e#${i + 1}`, text }));
  const found = files.flatMap(({ path, text }) =>
    checkFormat(parse(text), target, protocol === undefined ? {} : { protocol }).diagnostics.map((diagnostic) => ({
      ...diagnostic,
      file: path,
    })),
  );
  const diagnostics = withLevels(found, settings.levelsOf);
  const summary = summarize(diagnostics, files.length, 0);
  return { target, diagnostics, files, summary, ...allowance(options, settings) };
}

function allowance(options: CheckOptions, { configuration }: Settings): Pick<Report, "maxWarnings"> {
  const maxWarnings = options.maxWarnings ?? configuration.maxWarnings;
  return maxWarnings === undefined ? {} : { maxWarnings };
}

/** What is wrong with a file is so for every release. */
function everywhere(diagnostics: readonly Diagnostic[], { members }: Target): readonly Diagnostic[] {
  const names = members.map(({ name }) => name);
  const isNowhere = ({ affects }: Diagnostic): boolean => affects.length === 0;
  return diagnostics.some(isNowhere)
    ? diagnostics.map((diagnostic) => (isNowhere(diagnostic) ? { ...diagnostic, affects: names } : diagnostic))
    : diagnostics;
}

function quiet(report: Report): Report {
  return { ...report, diagnostics: report.diagnostics.filter(({ severity }) => severity === "error") };
}
