import type { Dirent } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ignore, { type Ignore } from "ignore";
import type { WorkspaceFiles } from "./files.ts";

/** The files of the machine that the server runs on. */
export const nodeFiles: WorkspaceFiles = {
  async *list(folder) {
    const top = pathOf(folder);
    if (top === undefined) return;
    const open: Place[] = [{ folder: top, rules: [] }];
    for (let place = open.shift(); place !== undefined; place = open.shift()) {
      const found = await entriesOf(place.folder);
      const rules = [...place.rules, ...(await rulesOf(place.folder, found))];
      const { folder: here } = place;
      const wanted = found.filter((entry) => !isIgnored(join(here, entry.name), entry.isDirectory(), rules));
      for (const entry of wanted) {
        if (entry.isDirectory() && !skipped.has(entry.name)) open.push({ folder: join(here, entry.name), rules });
      }
      yield wanted
        .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
        .map((entry) => pathToFileURL(join(here, entry.name)).href);
    }
  },
  async read(uri, limit) {
    const path = pathOf(uri);
    return path === undefined ? undefined : await readText(path, limit).catch(() => undefined);
  },
};

/** A folder that is still to be looked at, and what ignore files above it say. */
interface Place {
  readonly folder: string;
  readonly rules: readonly Rules[];
}

interface Rules {
  readonly folder: string;
  readonly ignored: Ignore;
}

const skipped: ReadonlySet<string> = new Set([".git", "node_modules"]);
const ignoreFiles: ReadonlySet<string> = new Set([".gitignore", ".meshlogignore"]);

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function rulesOf(folder: string, entries: readonly Dirent[]): Promise<readonly Rules[]> {
  const names = entries.filter((entry) => entry.isFile() && ignoreFiles.has(entry.name));
  const texts = await Promise.all(names.map(({ name }) => readFile(join(folder, name), "utf8").catch(() => "")));
  return texts.length === 0 ? [] : [{ folder, ignored: ignore().add(texts.join("\n")) }];
}

function isIgnored(path: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  return rules.some(({ folder, ignored }) =>
    ignored.ignores(relative(folder, path).split(sep).join("/") + (isFolder ? "/" : "")),
  );
}

async function readText(path: string, limit: number): Promise<string | undefined> {
  const file = await open(path);
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > limit) return undefined;
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.readFile());
  } finally {
    await file.close();
  }
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
