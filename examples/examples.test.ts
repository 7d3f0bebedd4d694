import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { meshlog } from "../packages/compiler/test/cli/meshlog.ts";

/** The examples: folders with a `bundle` and the output that it compiles to. */
const examples = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      join(parentPath, name).slice(folder.length + 1),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

describe.each(examples)("the example %s", (name) => {
  const cwd = join(import.meta.dirname, name);

  it("has nothing that Kuma or Envoy would refuse", () => {
    expect(meshlog(["check", "bundle"], { cwd })).toMatchObject({ code: 0, out: "" });
  });

  it("compiles to what is expected", () => {
    const expected = join(cwd, "expected");
    const isRecording = process.env["RECORD"] === "true";
    const out = isRecording ? expected : mkdtempSync(join(tmpdir(), "meshlog-"));
    if (!isRecording) {
      onTestFinished(() => {
        rmSync(out, { recursive: true });
      });
    }
    expect(meshlog(["compile", "bundle", "--out", out], { cwd }).code).toBe(0);
    expect(contents(out)).toEqual(contents(expected));
  });
});
