/** Bundles the extension and its server into `dist/`, so that the package needs nothing else. */
import { copyFile, cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { bundleEntry } from "../../../scripts/bundle-entry.ts";
import { thirdPartyLicenses } from "../../../scripts/third-party-licenses.ts";

const folder = join(import.meta.dirname, "..");
const dist = join(folder, "dist");

const extension: BuildOptions = {
  entryPoints: [join(folder, "src/extension.ts")],
  outfile: join(dist, "extension.cjs"),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
  metafile: true,
  logLevel: "warning",
};

await rm(join(dist, "server"), { recursive: true, force: true });
const { metafile } = await build(extension);
await writeFile(join(dist, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(Object.keys(metafile?.inputs ?? {})));
// Laid out as in the package `@meshlog/lsp`: its bin keeps the compiled code for the next start.
const server = join(folder, "../lsp");
await bundleEntry({ entry: join(server, "src/main.ts"), folder: join(dist, "server/dist") });
await cp(join(server, "bin"), join(dist, "server/bin"), { recursive: true });
await copyFile(join(folder, "../../LICENSE"), join(folder, "LICENSE"));
