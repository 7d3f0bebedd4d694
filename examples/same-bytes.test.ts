import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTarget } from "../packages/compiler/src/cli/targets.ts";
import { compile, type CompileOptions } from "../packages/compiler/src/compile.ts";
import { readControlPlane } from "../packages/compiler/src/documents/control-plane.ts";
import { isInShard } from "../packages/compiler/src/emit/shard.ts";
import { bundleLines, bundleText } from "../packages/compiler/src/emit/text.ts";
import { load } from "../packages/compiler/src/source/load.ts";
import type { SourceFile } from "../packages/compiler/src/source/source-file.ts";
import { exampleFolder, examples, shownCommands } from "./example.ts";

/** The files of an example, and how its README compiles them. */
function readExample(name: string) {
  const read = (path: string): SourceFile => ({ path, content: readFileSync(exampleFolder(name, path)) });
  const commands = shownCommands(readFileSync(exampleFolder(name, "README.md"), "utf8"));
  const args = commands.find(({ args: [verb] }) => verb === "compile")?.args ?? [];
  const option = (key: string): string | undefined => args[args.indexOf(key) + 1 || args.length];
  const kuma = option("--kuma");
  const controlPlaneFile = option("--control-plane");
  const controlPlane = controlPlaneFile === undefined ? {} : (readControlPlane(read(controlPlaneFile)).value ?? {});
  const release = compileTarget(kuma === undefined ? {} : { kuma });
  const compiled = (files: readonly SourceFile[], wants?: CompileOptions["wants"]) =>
    compile(load(files).value, release, wants === undefined ? { controlPlane } : { controlPlane, wants });
  return { files: globSync("bundle/**/*.yaml", { cwd: exampleFolder(name) }).map(read), compiled };
}

async function allOf(texts: AsyncIterable<readonly string[]>): Promise<string> {
  let all = "";
  for await (const some of texts) all += some.join("");
  return all;
}

describe.each(examples)("the example %s", (name) => {
  const { files, compiled } = readExample(name);
  const text = (bundle: readonly SourceFile[]) => {
    const { value } = compiled(bundle);
    const layout = { isCompact: false };
    return allOf(bundleText({ ...value, proxies: value.written(layout) }, layout));
  };
  const lines = async (wants?: CompileOptions["wants"]) => {
    const { value } = compiled(files, wants);
    const texts = bundleLines({ ...value, proxies: value.written({ isCompact: true }) });
    const text = await allOf(texts);
    return text.trimEnd().split("\n");
  };

  it("compiles to the same bytes, whatever the order of its files", async () => {
    const bytes = await text(files);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect(await text(shuffled)).toBe(bytes);
      }),
      { numRuns: 20 },
    );
  });

  it.each([true, false])("writes each proxy as JSON writes the object (compact: %s)", (isCompact) => {
    const { value } = compiled(files);
    const texts = Array.from(value.written({ isCompact }), ({ pieces }) => pieces.join(""));
    expect(texts).toEqual(Array.from(value.proxies, (proxy) => JSON.stringify(proxy, null, isCompact ? 0 : 2)));
  });

  it("compiles to the same lines, into however many shards it is split", async () => {
    const [header, ...proxies] = await lines();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), async (count) => {
        const shards = await Promise.all(
          Array.from({ length: count }, (_, index) => lines((proxy) => isInShard(proxy, { index, count }))),
        );
        expect(new Set(shards.map(([first]) => first))).toEqual(new Set([header]));
        expect(shards.flatMap(([, ...rest]) => rest).sort()).toEqual(proxies.toSorted());
      }),
      { numRuns: 7 },
    );
  });
});
