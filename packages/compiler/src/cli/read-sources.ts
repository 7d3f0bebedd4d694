import { readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { buffer } from "node:stream/consumers";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import picomatch from "picomatch";
import { glob, isDynamicPattern } from "tinyglobby";
import { type SourceFile, textOrBytes } from "../source/source-file.ts";
import { UsageError } from "./exit-code.ts";
import { fileReason } from "./file-reason.ts";
import { readWhole } from "./read-whole.ts";
import { printable } from "./reporters/printable.ts";
import type { Streams } from "./streams.ts";

/** What to read beside the paths. */
export interface SourceOptions {
  readonly stdinFilename: string;
  /** Globs of files to leave out; a file that is named itself is read all the same. */
  readonly ignore?: readonly string[];
  /** Files that the configuration leaves out, as `ignore` does. */
  readonly isIgnored?: (file: string) => boolean;
}

const extensions = "**/*.{yaml,yml,json}";
const ignoreFiles: readonly string[] = [".gitignore", ".meshlogignore"];

/**
 * Reads what the paths of a command line name: files, every YAML and JSON file below a folder, globs, and the standard
 * input as `-`. Each file once, under the path by which it is reached from the working directory. A link below a folder
 * that leads out of it is left out with a word: only what is named is read.
 *
 * @throws UsageError for a path that does not exist, a glob that matches nothing, a folder without a file to read.
 */
export async function readSources(
  paths: readonly string[],
  options: SourceOptions,
  streams: Streams,
): Promise<readonly SourceFile[]> {
  const files = new Map<string, SourceFile>();
  for (const path of paths) {
    if (path === "-") {
      if (!files.has("-"))
        files.set("-", { path: options.stdinFilename, content: textOrBytes(await buffer(streams.input)) });
      continue;
    }
    const { found, within } = await filesAt(path, options);
    const inside = within && placeOf(within);
    for (const file of found) {
      const place = placeOf(file);
      if (inside !== undefined && !isBelow(place, inside)) {
        streams.error(printable(`meshlog: ${file} is left out: a link leads out of ${within ?? ""}.`) + "\n");
        continue;
      }
      if (!files.has(place)) files.set(place, { path: file, content: textOrBytes(readWhole(file)) });
    }
  }
  const read = [...files.values()];
  if (new Set(read.map((file) => file.path)).size < read.length) {
    throw new UsageError(
      `${options.stdinFilename} names a file and the standard input; name that one otherwise with --stdin-filename.`,
    );
  }
  return read;
}

/** Where a file is, whatever links lead there. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** What a path names. */
interface NamedFiles {
  readonly found: readonly string[];
  /** The folder that the files were looked for in: links in it may lead to files that nobody named. */
  readonly within?: string;
}

async function filesAt(path: string, options: SourceOptions): Promise<NamedFiles> {
  const found = statOf(path);
  if (found?.isDirectory()) {
    const inside = await filesBelow(path, options);
    if (inside.length === 0) throw new UsageError(`There is no file to read in ${path}: no .yaml, .yml or .json.`);
    return { found: inside, within: path };
  }
  if (found !== undefined) return { found: [normal(path)] };
  if (!isDynamicPattern(path)) throw new UsageError(`${path} does not exist.`);
  const matches = await glob(path, { ...globOptions(options), expandDirectories: false });
  const wanted = matches.map(normal).filter((file) => options.isIgnored?.(file) !== true);
  if (wanted.length === 0) throw new UsageError(`The pattern ${path} matches no file.`);
  return { found: wanted.sort(), within: picomatch.scan(path).base || "." };
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** `undefined` if there is nothing at the path. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`${path} cannot be read: ${fileReason(error)}.`);
  }
}

async function filesBelow(folder: string, options: SourceOptions): Promise<readonly string[]> {
  const inside = await glob(extensions, { ...globOptions(options), cwd: folder, dot: true });
  const ignored = await readIgnoreFiles(folder);
  return inside
    .filter((file) => !ignored.ignores(file))
    .map((file) => normal(join(folder, file)))
    .filter((file) => options.isIgnored?.(file) !== true)
    .sort();
}

function globOptions({ ignore: patterns = [] }: SourceOptions): {
  readonly ignore: string[];
  readonly onlyFiles: true;
} {
  return { ignore: ["**/.git/**", "**/node_modules/**", ...patterns], onlyFiles: true };
}

/** The rules of the ignore files in a folder and below it. */
async function readIgnoreFiles(folder: string): Promise<Ignore> {
  const rules = ignore();
  const files = await glob(
    ignoreFiles.map((name) => `**/${name}`),
    { ...globOptions({ stdinFilename: "" }), cwd: folder, dot: true },
  );
  for (const file of files.sort()) {
    const place = file.slice(0, -basename(file).length);
    for (const line of textOf(join(folder, file)).split(/\r?\n/)) rules.add(scoped(line, place));
  }
  return rules;
}

/** The text of a file; nothing if it cannot be read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** A rule of an ignore file in a folder further down, written from the top. */
function scoped(rule: string, place: string): string {
  if (place === "" || rule.trim() === "" || rule.startsWith("#")) return rule;
  const [, not = "", pattern = ""] = /^(!?)(.*)$/.exec(rule) ?? [];
  const isAnchored = pattern.replace(/\/$/, "").includes("/");
  return `${not}/${place}${isAnchored ? pattern.replace(/^\//, "") : `**/${pattern}`}`;
}

function normal(path: string): string {
  const cleaned = relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path);
  return cleaned.split(sep).join("/");
}
