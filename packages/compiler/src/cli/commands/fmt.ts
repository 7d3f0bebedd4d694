import { extname } from "node:path";
import { createTwoFilesPatch } from "diff";
import { readDocuments } from "../../source/read-documents.ts";
import { decodeFile, type SourceFile, type TextFile } from "../../source/source-file.ts";
import { indexLines, positionAt } from "../../source/positions.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { formatText } from "../../formatting/format-text.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { printable } from "../reporters/printable.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { writeWhole } from "../write-file.ts";

/** The options of `meshlog fmt`. */
export interface FmtOptions extends SourceOptions, Pick<ConfigurationOptions, "config"> {
  /** Names the files that would change, and writes none. */
  readonly check?: boolean;
  /** Shows what would change, and writes nothing. */
  readonly diff?: boolean;
  /** Prints the texts instead of writing files. */
  readonly stdout?: boolean;
}

/**
 * `meshlog fmt`: files are written in place, the standard input is answered on the standard output. Exit code 1 if a
 * file could not be read, or with `--check` if one would change.
 */
export async function runFmt(paths: readonly string[], options: FmtOptions, streams: Streams): Promise<number> {
  const { check, diff, stdout } = options;
  if (stdout === true && (check === true || diff === true)) {
    throw new UsageError("--stdout prints the texts; it takes no --check and no --diff.");
  }
  const { isIgnored } = readSettings(options);
  const sources = await readSources(paths, { ...options, isIgnored }, streams);
  const isWritten = check !== true && diff !== true;
  let changes = 0;
  let isWhole = true;
  for (const source of sources) {
    // JSON has a layout of its own.
    if (extname(source.path) === ".json") continue;
    const read = decodeFile(source);
    isWhole = sayUnread(source, streams) && isWhole;
    if (read.diagnostics.length > 0) continue;
    const file = read.value;
    const { text, left } = await formatText(file.path, file.text);
    sayLeft(file, left, streams);
    if (stdout === true || (isWritten && isStandardInput(file, paths, options))) streams.out(text);
    if (text === file.text) continue;
    changes++;
    if (diff === true) streams.out(patch(file, text));
    if (check === true) streams.error(`${printable(file.path)} is not formatted.\n`);
    else if (isWritten && stdout !== true && !isStandardInput(file, paths, options)) {
      await writeWhole(file.path, text);
      streams.error(`Formatted ${printable(file.path)}\n`);
    }
  }
  return !isWhole || (check === true && changes > 0) ? exitCode.findings : exitCode.clean;
}

function isStandardInput({ path }: TextFile, paths: readonly string[], { stdinFilename }: FmtOptions): boolean {
  return path === stdinFilename && paths.includes("-");
}

/** Says which documents cannot be read. Returns whether all can. */
function sayUnread(source: SourceFile, streams: Streams): boolean {
  const { value: file, diagnostics: unread } = decodeFile(source);
  const errors = (unread.length > 0 ? unread : readDocuments(file).diagnostics).filter(
    ({ severity }) => severity === "error",
  );
  for (const { start, code, message } of errors) say(file, start, `${code}: ${message}`, streams);
  return errors.length === 0;
}

function sayLeft(file: TextFile, left: readonly number[], streams: Streams): void {
  for (const start of left) {
    say(file, start, "This document is left as it is: formatted, it would say something else.", streams);
  }
}

function say(file: TextFile, start: number, what: string, streams: Streams): void {
  const { line, column } = positionAt(indexLines(file.text), start);
  streams.error(printable(`${file.path}:${line}:${column}: ${what}`) + "\n");
}

function patch({ path, text }: TextFile, after: string): string {
  return createTwoFilesPatch(path, path, text, after, undefined, undefined, { context: 3 });
}
