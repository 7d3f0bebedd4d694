import { gzipSync } from "node:zlib";
import { resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What an editor in a browser loads: the parser, the checker and the catalogue with all that they need. */
const entry = `export { check, checkJson, contextAt, kumaOperators, operators, parse, print, target } from "./src/index.ts";`;

test("parsing, checking and the catalogue take 80 kB at most, minified and gzipped, and nothing of Node", async () => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: resolve(import.meta.dirname, "..") },
    bundle: true,
    write: false,
    format: "esm",
    minify: true,
    platform: "browser",
  });
  const [bundle] = outputFiles;
  const size = gzipSync(bundle?.contents ?? new Uint8Array()).length;
  process.stdout.write(`@meshlog/parser in a browser: ${String(size)} bytes gzip\n`);
  expect(size).toBeGreaterThan(10_000);
  expect(size).toBeLessThanOrEqual(80_000);
});
