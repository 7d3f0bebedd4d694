import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { both } from "../packages/compiler/test/source/both-readers.ts";
import { readWorlds, versions } from "./kuma/worlds.ts";

const repository = join(import.meta.dirname, "..");

/** Texts of which the readers make different trees, and those that one of them refuses, by their names. */
function compare(texts: Iterable<readonly [name: string, text: string]>): {
  readonly different: readonly string[];
  readonly refused: readonly string[];
} {
  const [different, refused]: [string[], string[]] = [[], []];
  for (const [name, text] of texts) {
    const trees = both(text);
    if (trees === undefined) refused.push(name);
    else if (!isDeepStrictEqual(trees[0], trees[1])) different.push(name);
  }
  return { different, refused };
}

it("both YAML readers make the same tree of every YAML and JSON file of the repository", () => {
  const folders = ["conformance", "examples", "packages", "templates", ".github"];
  const files = folders.flatMap((folder) =>
    globSync(`${folder}/**/*.{yaml,yml,json}`, { cwd: repository, exclude: ["**/node_modules", "**/dist", "**/out"] }),
  );
  const texts = files.map((file) => [file, readFileSync(join(repository, file), "utf8")] as const);
  expect(files.length).toBeGreaterThan(100);
  // Those that are broken are so on purpose.
  expect(compare(texts)).toEqual({ different: [], refused: [] });
});

it.each(versions)("both YAML readers make the same tree of every recorded world of Kuma %s", (version) => {
  const texts = readWorlds(version).map(({ id, world }) => [id, world] as const);
  const { different, refused } = compare(texts);
  expect(different).toEqual([]);
  // What the fast reader is in doubt of, it leaves to the other.
  expect(refused.length).toBeLessThan(texts.length / 100);
});

it.each(["violations", "generation-errors"])("both YAML readers make the same tree of the recorded %s", (name) => {
  const lines = gunzipSync(readFileSync(join(import.meta.dirname, `kuma/${name}.jsonl.gz`))).toString("utf8");
  const texts = lines.split("\n").flatMap((line, i) => {
    const { policies, policy } = JSON.parse(line === "" ? "{}" : line) as { policies?: string; policy?: string };
    const text = policies ?? policy;
    return text === undefined ? [] : [[String(i), text] as const];
  });
  expect(texts.length).toBeGreaterThan(10);
  expect(compare(texts).different).toEqual([]);
});
