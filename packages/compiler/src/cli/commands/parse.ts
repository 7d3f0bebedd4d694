import { type Dialect, dialectOf, type Format, newestDialect, parse, print } from "@meshlog/parser";
import { load } from "../../source/load.ts";
import { formatPlaces } from "../../validate/format-places.ts";
import { fieldOf } from "../../validate/violation.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportFindings } from "../report-findings.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { formatTarget, type TargetOptions } from "../targets.ts";

/** The options of `meshlog parse`. */
export interface ParseOptions extends SourceOptions, TargetOptions, Pick<ConfigurationOptions, "config"> {
  readonly expression?: readonly string[];
  readonly print?: boolean;
}

/** A format and where it stands. */
interface FoundFormat {
  readonly file?: string;
  readonly resource?: string;
  readonly path?: string;
  readonly format: Format;
}

/**
 * `meshlog parse`: the syntax trees of formats as JSON, or printed back, which gives the same texts. A format is read as
 * the newest release does that options or the configuration name: where an argument ends has changed.
 */
export async function runParse(paths: readonly string[], options: ParseOptions, streams: Streams): Promise<number> {
  const { expression = [] } = options;
  if ((paths.length === 0) === (expression.length === 0)) {
    throw new UsageError("Name files or folders with policies, - for the standard input, or a format with -e.");
  }
  const { configuration, isIgnored } = readSettings(options);
  const release = formatTarget(options, configuration).members.at(-1);
  const dialect = release === undefined ? newestDialect : dialectOf(release);
  const { value: found, isWhole } =
    expression.length > 0
      ? { value: expression.map((text): FoundFormat => ({ format: parse(text, dialect) })), isWhole: true }
      : await formatsIn(paths, dialect, { ...options, isIgnored }, streams);
  if (options.print === true) for (const { format } of found) streams.out(`${print(format)}\n`);
  else streams.out(`${JSON.stringify({ meshlog: 1, formats: found }, null, 2)}\n`);
  return isWhole ? exitCode.clean : exitCode.findings;
}

/** The formats of the policies in files, and whether every file could be read. */
async function formatsIn(
  paths: readonly string[],
  dialect: Dialect,
  options: SourceOptions,
  streams: Streams,
): Promise<{ readonly value: readonly FoundFormat[]; readonly isWhole: boolean }> {
  const { value: bundle, diagnostics } = load(await readSources(paths, options, streams));
  const policies = bundle.resources.filter(({ kind }) => kind === "MeshAccessLog");
  reportFindings({ bundle, target: formatTarget({}), diagnostics }, {}, streams, "compact");
  const value = policies.flatMap(({ file, name, spec }) =>
    spec === undefined
      ? []
      : formatPlaces(spec).map(({ node, at }) => ({
          file,
          resource: name,
          path: fieldOf(at),
          format: parse(node.text, dialect),
        })),
  );
  return { value, isWhole: diagnostics.every(({ severity }) => severity !== "error") };
}
