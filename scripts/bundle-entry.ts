import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build, type BuildOptions } from "esbuild";
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

const shippable = {
  bundle: true,
  platform: "node",
  target: "node22",
  legalComments: "external",
  // Names stay what they are, for the sake of stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  write: false,
  logLevel: "warning",
} satisfies BuildOptions;

/** What calls `require` finds: Node's own modules, and the files among the chunks. An ES module has none. */
const requireBanner = (folder: string): string =>
  `import { createRequire as $createRequire } from "node:module";
const require = $createRequire(new URL("${folder}", import.meta.url));
`;

/** Bundles a program with all that it needs, workspace packages from their sources, and the licences of the others. */
export async function bundleEntry({ entry, worker, folder, shared }: Bundle): Promise<void> {
  const lazy = lazyModules(rarelyUsed);
  const program = await build({
    ...shippable,
    entryPoints: { main: entry, ...(worker !== undefined && { [`${chunks}/worker`]: worker }) },
    outdir: folder,
    splitting: true,
    chunkNames: `${chunks}/[name]-[hash]`,
    format: "esm",
    conditions: ["@meshlog/source"],
    plugins: [lazy.plugin, ...(shared === undefined ? [] : [sharedChunk(shared, dirname(entry))])],
  });
  const packages = await build({
    ...shippable,
    entryPoints: Object.fromEntries(lazy.packages),
    outdir: join(folder, chunks),
    format: "cjs",
    outExtension: { ".js": ".cjs" },
  });
  const inputs = { ...program.metafile.inputs, ...packages.metafile.inputs };
  const wantsRequire = Object.values(program.metafile.inputs).some(({ imports }) =>
    imports.some(({ kind, external }) => kind === "require-call" && external === true),
  );

  await rm(join(folder, chunks), { recursive: true, force: true });
  // The compiler's map of the file that the bundle takes the place of.
  await rm(join(folder, "main.js.map"), { force: true });
  for (const { path, text } of [...program.outputFiles, ...packages.outputFiles]) {
    await mkdir(dirname(resolve(path)), { recursive: true });
    const toChunks = basename(dirname(path)) === chunks ? "./" : `./${chunks}/`;
    await writeFile(path, wantsRequire && path.endsWith(".js") ? requireBanner(toChunks) + text : text);
  }
  const files = Object.keys(inputs).filter((input) => !isStandIn(input));
  await writeFile(join(folder, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(files));
}
