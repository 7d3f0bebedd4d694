import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bundle, bundleEntry } from "./bundle-entry.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "meshlog-bundle-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** Lays out a package with these files, bundles its `main.ts`, removes the sources and runs what is left. */
async function runBundled(files: Readonly<Record<string, string>>, options: Partial<Bundle> = {}): Promise<string> {
  const source = join(folder, "source");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(source, name, ".."), { recursive: true });
    await writeFile(join(source, name), text);
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await bundleEntry({ entry: join(source, "main.ts"), folder: join(folder, "dist"), ...options });
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

test("what few runs need is loaded when it is called, constructed or looked at", async () => {
  const said = await runBundled({
    "main.ts": `
      import process from "node:process";
      import { createHash } from "node:crypto";
      import ignore from "ignore";
      import { Lexer, KINDS } from "yaml";
      console.log("begun", process === globalThis.process, KINDS.MAP);
      console.log(ignore(2), ignore.size, new ignore(3).given);
      console.log(new Lexer("a").text, new Lexer("b") instanceof Lexer, {} instanceof Lexer);
      console.log(createHash("sha1").update("x").digest("hex").slice(0, 4));
    `,
    "node_modules/ignore/package.json":
      '{ "name": "ignore", "version": "1.0.0", "license": "MIT", "main": "index.js" }',
    "node_modules/ignore/index.js": `
      console.log("ignore is loaded");
      module.exports = function (given) { if (new.target) this.given = given; else return given + 1; };
      module.exports.size = 7;
    `,
    "node_modules/yaml/package.json": '{ "name": "yaml", "version": "1.0.0", "license": "MIT", "exports": "./index.js", "type": "module" }', // prettier-ignore
    "node_modules/yaml/index.js": 'console.log("yaml is loaded"); export class Lexer { constructor(text) { this.text = text; } } export const KINDS = { MAP: 2 };', // prettier-ignore
  });
  expect(said).toBe("begun true 2\nignore is loaded\n3 7 3\nyaml is loaded\na true false\n11f6\n");
  expect(await readFile(join(folder, "dist/main.js"), "utf8")).not.toMatch(/from ?"node:(?:crypto|process)"/);
});

test("modules of a folder that share a chunk are loaded together, the others by themselves", async () => {
  const files = {
    "main.ts": `
      const { a } = await import("./parts/a.ts");
      const { alone } = await import("./parts/alone.ts");
      console.log(a, alone);
    `,
    "parts/a.ts": 'import { common } from "./common.ts"; export const a = `a, ${common}`;',
    "parts/b.ts": 'import { common } from "./common.ts"; export const b = `b, ${common}`;',
    "parts/common.ts": 'export const common = "common";',
    "parts/alone.ts": 'export const alone = "alone";',
  };
  expect(await runBundled(files, { shared: { folder: "parts", but: ["alone.ts"] } })).toBe("a, common alone\n");
  expect(await readdir(join(folder, "dist/chunks"))).toEqual([
    expect.stringMatching(/^alone-\w+\.js$/),
    expect.stringMatching(/^parts-\w+\.js$/),
  ]);
});
