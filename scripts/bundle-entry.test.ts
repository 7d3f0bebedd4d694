import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleEntry } from "./bundle-entry.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "meshlog-bundle-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** Lays out a package with these files, bundles its `main.ts`, removes the sources and runs what is left. */
async function runBundled(files: Readonly<Record<string, string>>): Promise<string> {
  const source = join(folder, "source");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(source, name, ".."), { recursive: true });
    await writeFile(join(source, name), text);
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await bundleEntry({ entry: join(source, "main.ts"), folder: join(folder, "dist") });
  await rm(source, { recursive: true });
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "dist/main.js")]);
  return stdout;
}

test("a bundle stands alone, CommonJS dependencies that require Node's modules among it", async () => {
  const said = await runBundled({
    "main.ts": 'import old from "old"; import { word } from "@meshlog/word"; console.log(old.basename("/a/b"), word);',
    "node_modules/old/package.json": '{ "name": "old", "version": "1.2.3", "license": "MIT", "main": "index.js" }',
    "node_modules/old/LICENSE": "Do as you like, and say whose it is.",
    "node_modules/old/index.js": '/*! by the old one */ module.exports = { basename: require("path").basename };',
    "node_modules/@meshlog/word/package.json": JSON.stringify({
      name: "@meshlog/word",
      type: "module",
      exports: { ".": { "@meshlog/source": "./word.ts", default: "./not-built.js" } },
    }),
    "node_modules/@meshlog/word/word.ts": 'export const word: string = "from source";',
  });
  expect(said).toBe("b from source\n");
  expect(await readdir(join(folder, "dist"))).toEqual(["THIRD-PARTY-LICENSES.txt", "main.js", "main.js.LEGAL.txt"]);
  expect(await readFile(join(folder, "dist/THIRD-PARTY-LICENSES.txt"), "utf8")).toMatch(
    /^old 1\.2\.3 \(MIT\)\n\nDo as you like, and say whose it is\.\n/m,
  );
});

test("what is imported dynamically is a chunk of its own, and chunks of an earlier build are gone", async () => {
  const lazily = (text: string) => ({
    "main.ts": 'import("./heavy.ts").then(({ heavy }) => console.log(heavy));',
    "heavy.ts": `export const heavy = "${text}";`,
  });
  expect(await runBundled(lazily("first"))).toBe("first\n");
  expect(await runBundled(lazily("second"))).toBe("second\n");
  const chunks = await readdir(join(folder, "dist/chunks"));
  expect(chunks).toEqual([expect.stringMatching(/^heavy-\w+\.js$/)]);
});
