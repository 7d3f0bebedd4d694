import { type KumaRelease, kumaReleases, kumaTarget } from "@meshlog/parser";
import { createTwoFilesPatch } from "diff";
import { compile } from "../../compile.ts";
import { diff } from "../../diff/diff.ts";
import { omit } from "../../diff/omit.ts";
import { inDocumentOrder } from "../../document-order.ts";
import type { Diagnostic } from "../../diagnostics.ts";
import type { ControlPlane } from "../../kuma/control-plane.ts";
import { migrate, type MigratedFile, type Migration } from "../../migrate/migrate.ts";
import { type Bundle, load } from "../../source/load.ts";
import { colorWanted } from "../color.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportErrors, reportFindings } from "../report-findings.ts";
import { migrationJson } from "../reporters/migrate/json.ts";
import { type MigrationReport, prettyMigration } from "../reporters/migrate/pretty.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { compileTarget } from "../targets.ts";
import { writeWhole } from "../write-file.ts";

/** The options of `meshlog migrate`. */
export interface MigrateCommandOptions extends SourceOptions, ConfigurationOptions {
  readonly to: string;
  /** The release that the files are for. */
  readonly kuma?: string;
  /** Writes nothing; fails if anything would change. */
  readonly check?: boolean;
  /** Writes nothing; prints what would change. */
  readonly diff?: boolean;
  /** Writes nothing; prints the text of the one file. */
  readonly stdout?: boolean;
  readonly format: "pretty" | "json";
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/**
 * `meshlog migrate`: exit code 1 if something has to be done by hand, or, with `--check`, if anything would change. What
 * Kuma itself changes is said and is no failure.
 */
export async function runMigrate(
  paths: readonly string[],
  options: MigrateCommandOptions,
  streams: Streams,
): Promise<number> {
  const { configuration, controlPlane, isIgnored } = readSettings(options);
  const to = compileTarget({ kuma: options.to });
  const from = sourceRelease(options.kuma ?? configuration.kuma, to);
  const sources = await readSources(paths, { ...options, isIgnored }, streams);
  const output = outputOf(paths, options);
  if (output === "stdout" && sources.length > 1) {
    throw new UsageError(`--stdout prints one file; these are ${sources.length}. --diff prints what changes of all.`);
  }
  const { value: bundle, diagnostics: unread } = load(sources);
  const { value: migration, diagnostics } = migrate(bundle, { from, to, controlPlane });
  const refusals = inDocumentOrder(bundle.files, unread, diagnostics);
  const report = compareSides(bundle, migration, { from, to, controlPlane });

  await write(output, migration, bundle, streams);
  if (options.format === "json") streams.out(migrationJson(report, refusals));
  else tell(report, refusals, options, streams);
  const isLeft = [...refusals, ...report.diagnostics].some(({ severity }) => severity === "error");
  return isLeft || (options.check === true && migration.files.length > 0) ? exitCode.findings : exitCode.clean;
}

type Output = "files" | "nothing" | "diff" | "stdout";

function outputOf(paths: readonly string[], { check, diff: isDiff, stdout, format }: MigrateCommandOptions): Output {
  if ([check, isDiff, stdout].filter((one) => one === true).length > 1) {
    throw new UsageError("--check, --diff and --stdout go one at a time.");
  }
  if (format === "json") {
    if (isDiff === true || stdout === true) throw new UsageError("--format json prints the edits; take it alone.");
    return "nothing";
  }
  if (check === true) return "nothing";
  if (isDiff === true) return "diff";
  return stdout === true || paths.includes("-") ? "stdout" : "files";
}

/**
 * The release that files are for: that named, else the newest one of the line before the target's, as upgrades go from
 * line to line.
 */
function sourceRelease(named: string | undefined, to: KumaRelease): KumaRelease {
  const older = kumaReleases.slice(0, kumaReleases.indexOf(to)).findLast(({ line }) => line !== to.line);
  const from = named === undefined ? (older ?? to) : compileTarget({ kuma: named });
  if (kumaReleases.indexOf(from) > kumaReleases.indexOf(to)) {
    throw new UsageError(
      `migrate goes to newer releases; ${to.name} is older than ${from.name}, which the files are for.`,
    );
  }
  return from;
}

async function write(
  output: Output,
  { files, bundle: after }: Migration,
  before: Bundle,
  streams: Streams,
): Promise<void> {
  switch (output) {
    case "nothing":
      return;
    case "files":
      for (const { path, after: text } of files) await writeWhole(path, text);
      return;
    case "diff":
      streams.out(files.map(patchOf).join(""));
      return;
    case "stdout":
      streams.out((after.files[0] ?? before.files[0])?.text ?? "");
  }
}

function patchOf({ path, before, after }: MigratedFile): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after);
  return patch.slice(patch.indexOf("---"));
}

interface Sides {
  readonly from: KumaRelease;
  readonly to: KumaRelease;
  readonly controlPlane: ControlPlane;
}

/** Compiles what there was for its release, and what there is for the target. */
function compareSides(before: Bundle, migration: Migration, { from, to, controlPlane }: Sides): MigrationReport {
  const old = compile(before, from, { controlPlane, explains: true });
  const now = compile(migration.bundle, to, { controlPlane, explains: true });
  // A policy that is split is another one, and logs as before.
  const changes = [...diff(old.value, now.value).proxies]
    .map((change) => omit(change, "policies"))
    .filter(({ error, listeners, clusters }) => error !== undefined || listeners.length > 0 || clusters.length > 0);
  const proxies = before.resources.filter(({ kind }) => kind === "Dataplane").length;
  return { from, to, before, migration, changes, proxies, diagnostics: now.diagnostics };
}

function tell(
  report: MigrationReport,
  refusals: readonly Diagnostic[],
  options: MigrateCommandOptions,
  streams: Streams,
): void {
  const { to, before, migration, diagnostics } = report;
  const color = colorWanted(options, streams);
  const shown = options.quiet === true ? refusals.filter(({ severity }) => severity === "error") : refusals;
  reportFindings({ bundle: before, target: kumaTarget([to]), diagnostics: shown }, options, streams);
  reportErrors(migration.bundle, to, inDocumentOrder(migration.bundle.files, diagnostics), options, streams);
  if (options.quiet !== true) streams.error(prettyMigration(report, { color }));
}
