import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { assertValid } from "../conformance/protobuf/validate.ts";
import type { CompiledBundle } from "../packages/compiler/src/emit/compiled.ts";
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

  it("is made of messages that Envoy knows", () => {
    const { proxies } = JSON.parse(readFileSync(join(cwd, "expected/bundle.json"), "utf8")) as CompiledBundle;
    for (const { listeners, clusters } of proxies) {
      for (const logger of listeners.flatMap(({ accessLog }) => accessLog)) {
        assertValid("envoy.config.accesslog.v3.AccessLog", logger);
      }
      for (const cluster of clusters) assertValid("envoy.config.cluster.v3.Cluster", cluster);
    }
  });
});
