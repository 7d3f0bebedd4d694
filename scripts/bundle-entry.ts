import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { isStandIn, lazyModules } from "./lazy-modules.ts";
import { type SharedChunk, sharedChunk } from "./shared-chunk.ts";
import { thirdPartyLicenses } from "./third-party-licenses.ts";

/** A program that is shipped as a bundle, so that it starts fast. Paths are relative to the repository. */
export interface Bundle {
  /** The TypeScript file that is the program. */
  readonly entry: string;
  /** The TypeScript file that its worker threads start with: it goes beside the chunks, where what starts them is. */
  readonly worker?: string;
  /** The folder for `main.js`, and for its `chunks/`: what the program imports dynamically is loaded only when used. */
  readonly folder: string;
  /** What of that is loaded together. */
  readonly shared?: SharedChunk;
}

/** What few runs need. */
const rarelyUsed: readonly string[] = [
  "@babel/code-frame",
  "ignore",
  "js-yaml",
  "node:child_process",
  "node:crypto",
  "node:fs",
  "node:fs/promises",
  "node:stream/consumers",
  "node:util",
  "node:v8",
  "picomatch",
  "tinyglobby",
  "yaml",
];
const chunks = "chunks";

/** CommonJS dependencies call `require` for Node's own modules; an ES module has none. */
const requireBanner =
  'import { createRequire as $createRequire } from "node:module";\nconst require = $createRequire(import.meta.url);\n';

/** Bundles a program with all that it needs, workspace packages from their sources, and the licences of the others. */
export async function bundleEntry({ entry, worker, folder, shared }: Bundle): Promise<void> {
  const { outputFiles, metafile } = await build({
    entryPoints: { main: entry, ...(worker !== undefined && { [`${chunks}/worker`]: worker }) },
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: `${chunks}/[name]-[hash]`,
    format: "esm",
    platform: "node",
    target: "node22",
    conditions: ["@meshlog/source"],
    legalComments: "external",
    // Names stay what they are, for the sake of stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    metafile: true,
    write: false,
    logLevel: "warning",
    plugins: [lazyModules(rarelyUsed), ...(shared === undefined ? [] : [sharedChunk(shared, dirname(entry))])],
  });
  const wantsRequire = Object.values(metafile.inputs).some(({ imports }) =>
    imports.some(({ kind, external }) => kind === "require-call" && external === true),
  );

  await rm(join(folder, chunks), { recursive: true, force: true });
  // The compiler's map of the file that the bundle takes the place of.
  await rm(join(folder, "main.js.map"), { force: true });
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(resolve(path)), { recursive: true });
    await writeFile(path, wantsRequire && path.endsWith(".js") ? requireBanner + text : text);
  }
  const files = Object.keys(metafile.inputs).filter((input) => !isStandIn(input));
  await writeFile(join(folder, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(files));
}
