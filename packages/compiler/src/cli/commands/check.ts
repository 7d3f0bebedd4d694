import { writeFile } from "node:fs/promises";
import { check as checkFormat, parse, type Target } from "@meshlog/parser";
import { check } from "../../check.ts";
import { inDocumentOrder } from "../../document-order.ts";
import type { Diagnostic } from "../../diagnostics.ts";
import { readControlPlane } from "../../documents/control-plane.ts";
import { load } from "../../source/load.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { runCheckLines } from "./check-lines.ts";
import { readOwnDocument } from "../read-own-document.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { dataFormats, type ReportFormat, reporters } from "../reporters/index.ts";
import { type Report, summarize } from "../reporters/report.ts";
import type { Streams } from "../streams.ts";
import { formatTarget, policyTarget, type TargetOptions } from "../targets.ts";
import { colorWanted } from "../color.ts";

/** The options of `meshlog check`. */
export interface CheckOptions extends TargetOptions, SourceOptions {
  readonly expression?: readonly string[];
  readonly protocol?: "http" | "tcp";
  /** Formats come from the standard input, one a line. */
  readonly lines?: boolean;
  /** The file that says what the control plane knows beyond its resources: what is made of labels. */
  readonly controlPlane?: string;
  readonly format: ReportFormat;
  readonly outputFile?: string;
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** `meshlog check`: exit code 1 if there are errors, or more warnings than allowed. */
export async function runCheck(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<number> {
  const { expression = [] } = options;
  if (options.lines === true) {
    if (paths.length > 0 || expression.length > 0) {
      throw new UsageError("--lines reads formats from the standard input; it takes no paths and no -e.");
    }
    return runCheckLines(options, streams);
  }
  if (paths.length === 0 && expression.length === 0) {
    throw new UsageError("Name files or folders to check, - for the standard input, or a format with -e.");
  }
  if (paths.length > 0 && expression.length > 0) {
    throw new UsageError("Give either paths or formats (-e), not both.");
  }
  const report =
    expression.length > 0 ? checkExpressions(expression, options) : await checkFiles(paths, options, streams);
  const shown = options.quiet === true ? quiet(report) : report;

  const color = options.outputFile === undefined ? colorWanted(options, streams) : options.color === true;
  const text = reporters[options.format](shown, { color });
  if (options.outputFile !== undefined) await writeReport(options.outputFile, text);
  else if (dataFormats.has(options.format)) streams.out(text);
  else streams.error(text);

  const { errors, warnings } = report.summary;
  return errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY)
    ? exitCode.findings
    : exitCode.clean;
}

async function checkFiles(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<Report> {
  const target = policyTarget(options);
  const controlPlane =
    options.controlPlane === undefined ? {} : await readOwnDocument(options.controlPlane, readControlPlane);
  const loaded = load(await readSources(paths, options, streams));
  const bundle = loaded.value;
  const diagnostics = everywhere(
    inDocumentOrder(bundle, loaded.diagnostics, check(bundle, target, controlPlane).diagnostics),
    target,
  );
  const policies = bundle.resources.filter(({ kind }) => kind === "MeshAccessLog").length;
  return { target, diagnostics, files: bundle.files, summary: summarize(diagnostics, bundle.files.length, policies) };
}

function checkExpressions(formats: readonly string[], options: CheckOptions): Report {
  const target = formatTarget(options);
  const files = formats.map((text, i) => ({ path: formats.length === 1 ? "-e" : `-e#${i + 1}`, text }));
  const diagnostics = files.flatMap(({ path, text }) =>
    checkFormat(
      parse(text),
      target,
      options.protocol === undefined ? {} : { protocol: options.protocol },
    ).diagnostics.map((diagnostic) => ({ ...diagnostic, file: path })),
  );
  return { target, diagnostics, files, summary: summarize(diagnostics, files.length, 0) };
}

/** What is wrong with a file is so for every release. */
function everywhere(diagnostics: readonly Diagnostic[], { members }: Target): readonly Diagnostic[] {
  const names = members.map(({ name }) => name);
  return diagnostics.map((diagnostic) =>
    diagnostic.affects.length === 0 ? { ...diagnostic, affects: names } : diagnostic,
  );
}

function quiet(report: Report): Report {
  return { ...report, diagnostics: report.diagnostics.filter(({ severity }) => severity === "error") };
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`The report cannot be written to ${file}: ${(error as Error).message}.`);
  }
}
