import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { assertValid } from "../conformance/protobuf/validate.ts";
import { meshlog } from "../packages/compiler/test/cli/meshlog.ts";
import { compiledExample, exampleFolder, examples, shownCommands, withPrints } from "./example.ts";

const isRecording = process.env["RECORD"] === "true";

/** Every file below a folder, by its path from there. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [relative(folder, file), readFileSync(file, "utf8")];
    }),
  );
}

/** A copy of an example with nothing in `expected/`; it goes with the test. */
function freshCopy(name: string): string {
  const copy = mkdtempSync(join(tmpdir(), "meshlog-"));
  onTestFinished(() => {
    rmSync(copy, { recursive: true });
  });
  cpSync(exampleFolder(name), copy, { recursive: true });
  rmSync(join(copy, "expected"), { recursive: true, force: true });
  return copy;
}

describe.each(examples)("the example %s", (name) => {
  it("does and says what its README shows", () => {
    const cwd = freshCopy(name);
    const readme = readFileSync(exampleFolder(name, "README.md"), "utf8");
    const commands = shownCommands(readme);
    const runs = commands.map(({ args }) => ({ args, run: meshlog(args, { cwd }) }));
    if (isRecording) {
      rmSync(exampleFolder(name, "expected"), { recursive: true, force: true });
      cpSync(join(cwd, "expected"), exampleFolder(name, "expected"), { recursive: true });
      const prints = runs.map(({ args, run }) => ({ args, prints: run.out + run.error }));
      writeFileSync(exampleFolder(name, "README.md"), withPrints(readme, prints));
    }
    expect(commands.map(({ args: [verb] }) => verb)).toEqual(["check", "compile"]);
    const recorded = shownCommands(readFileSync(exampleFolder(name, "README.md"), "utf8"));
    expect(runs.map(({ run }) => run)).toEqual(recorded.map(({ prints }) => ({ code: 0, out: "", error: prints })));
    expect(contents(join(cwd, "expected"))).toEqual(contents(exampleFolder(name, "expected")));
  });

  it("is made of messages that Envoy knows", () => {
    for (const { listeners, clusters } of compiledExample(name).proxies) {
      for (const logger of listeners.flatMap(({ accessLog }) => accessLog)) {
        assertValid("envoy.config.accesslog.v3.AccessLog", logger);
      }
      for (const cluster of clusters) assertValid("envoy.config.cluster.v3.Cluster", cluster);
    }
  });
});
