import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Manifest, Packed } from "./pack.ts";
import { runCommand } from "./run-command.ts";

/** Entries that are for a browser and cannot be loaded by Node. */
const browserEntries = new Set(["./browser"]);

/** What a package can be imported as: `@meshlog/lsp`, `@meshlog/lsp/browser`. */
function entriesOf({ name, exports = {} }: Manifest, wants: (entry: string) => boolean): readonly string[] {
  return Object.keys(exports)
    .filter((entry) => entry !== "./package.json" && wants(entry))
    .map((entry) => name + entry.slice(1));
}

/** Imports every entry in Node, as a module and, by `import()`, from CommonJS. */
export function importEntries({ manifest }: Packed, project: string): void {
  const entries = entriesOf(manifest, (entry) => !browserEntries.has(entry));
  const imports = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join("\n");
  runCommand(process.execPath, ["--input-type=module", "--eval", imports], project);
  runCommand(process.execPath, ["--input-type=commonjs", "--eval", `(async () => {\n${imports}\n})();`], project);
}

/** The ways in which TypeScript finds declarations. */
const resolutions = {
  node16: ["--module", "node16", "--moduleResolution", "node16"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};

/** Compiles a module that uses the declarations of every entry, as strictly as TypeScript can. */
export function compileAgainst(packages: readonly Packed[], project: string, compiler: string): void {
  const names = packages.flatMap(({ manifest }) => entriesOf(manifest, () => true));
  const imports = names.map((name, i) => `import * as entry${String(i)} from ${JSON.stringify(name)};`);
  const uses = names.map((_, i) => `export const used${String(i)}: object = entry${String(i)};`);
  const files = { "use.ts": [...imports, ...uses, declaredUse].join("\n"), ...readmeSamples(packages, project) };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  for (const options of Object.values(resolutions)) {
    const strict = ["--strict", "--noEmit", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
    const platform = ["--target", "es2023", "--lib", "es2023,webworker", "--types", "node"];
    runCommand(compiler, [...Object.keys(files), ...options, ...strict, ...platform], project);
  }
}

/** The samples of the packages' READMEs, by a name of a file. */
function readmeSamples(packages: readonly Packed[], project: string): Readonly<Record<string, string>> {
  const samples = packages.flatMap(({ manifest: { name } }) => {
    const readme = readFileSync(join(project, "node_modules", name, "README.md"), "utf8");
    return Array.from(readme.matchAll(/^```ts\n([^]*?)^```$/gm), ([, sample = ""]) => sample);
  });
  return Object.fromEntries(samples.map((sample, i) => [`readme${String(i)}.ts`, sample]));
}

/** What does not compile if a declaration became `any`. */
const declaredUse = `import { check, defaultTarget, parse } from "@meshlog/parser";
const { diagnostics } = check(parse("%PROTCOL%"), defaultTarget);
export const message: string | undefined = diagnostics[0]?.message;
// @ts-expect-error: a message is no number
export const wrong: number | undefined = diagnostics[0]?.message;
`;

/** The bytes, gzipped, of what a page loads that imports an entry. */
export async function browserSize(name: string, project: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `import * as all from ${JSON.stringify(name)}; globalThis.all = all;`, resolveDir: project },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    // What is imported dynamically is loaded when it is asked for: it is no part of what the page waits for.
    splitting: true,
    outdir: project,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const outputs = Object.values(metafile.outputs);
  const loaded = new Set([outputs.findIndex(({ entryPoint }) => entryPoint !== undefined)]);
  const names = Object.keys(metafile.outputs);
  for (const i of loaded) {
    for (const { path, kind } of outputs[i]?.imports ?? [])
      if (kind === "import-statement") loaded.add(names.indexOf(path));
  }
  return [...loaded].reduce((sum, i) => sum + gzipSync(outputFiles[i]?.contents ?? "", { level: 9 }).length, 0);
}
