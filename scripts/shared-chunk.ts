import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** Modules that are imported dynamically, and loaded together. */
export interface SharedChunk {
  /** Where they are, from the folder of the program: `commands`. No two may export the same name. */
  readonly folder: string;
  /** The names of files there that have chunks of their own. */
  readonly but: readonly string[];
}

/**
 * Puts modules of a folder that a program imports dynamically into one chunk. With a chunk for each, esbuild makes one,
 * too, for every set of them that shares something, and to find many small files takes longer than to read a large one.
 *
 * @param program the folder of the program.
 */
export function sharedChunk({ folder, but }: SharedChunk, program: string): Plugin {
  const isApart = (file: string): boolean => but.includes(file);
  return {
    name: "shared-chunk",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^\\./${folder}/`) }, ({ path, kind }) =>
        kind === "dynamic-import" && !isApart(path.slice(`./${folder}/`.length))
          ? { path: folder, namespace: "shared-chunk" }
          : undefined,
      );
      build.onLoad({ filter: /./, namespace: "shared-chunk" }, () => ({
        contents: readdirSync(join(program, folder))
          .filter((file) => !isApart(file))
          .map((file) => `export * from "./${folder}/${file}";`)
          .join("\n"),
        resolveDir: program,
      }));
    },
  };
}
