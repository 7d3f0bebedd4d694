import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import picomatch from "picomatch";

/** How long a burst of changes lasts, such as an editor's saving makes, in milliseconds. */
const burst = 100;

/**
 * Runs something, and again when a file changes: one run at a time, and another one if something changed meanwhile.
 *
 * @param paths files, folders and globs; a file may be replaced, and new files may come into a folder.
 * @param concerns whether a change of a file, by its absolute path, matters.
 * @param signal ends it, after the run that is under way.
 */
export async function runOnChange(
  run: () => Promise<void>,
  paths: readonly string[],
  concerns: (file: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  let isStale = true;
  let wake = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  const rerun = (): void => {
    isStale = true;
    wake();
  };
  const watchers = [...(await foldersOf(paths))].map(([folder, isDeep]) =>
    watch(folder, { recursive: isDeep }, (_, name) => {
      if (name !== null && !concerns(resolve(folder, name))) return;
      clearTimeout(timer);
      timer = setTimeout(rerun, burst);
    }).on("error", rerun),
  );
  signal.addEventListener("abort", () => {
    wake();
  });
  while (!signal.aborted) {
    if (isStale) {
      isStale = false;
      await run();
    } else {
      await new Promise<void>((resume) => {
        wake = resume;
      });
    }
  }
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
}

/** The folders to look at, and whether all below them counts: of a file its folder, for editors replace files. */
async function foldersOf(paths: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
  const folders = new Map<string, boolean>();
  for (const path of paths) {
    const { base, isGlob } = picomatch.scan(path);
    const place = resolve(isGlob ? base : path);
    const isFolder = isGlob || (await stat(place)).isDirectory();
    const folder = isFolder ? place : dirname(place);
    folders.set(folder, isFolder || folders.get(folder) === true);
  }
  return folders;
}
