import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

const loose = "type: MeshAccessLog\nmesh: default\nname: a\nspec:   {rules: [ ]}\n";
const neat = "type: MeshAccessLog\nmesh: default\nname: a\nspec: { rules: [] }\n";
const files = { "p/a.yaml": loose, "p/b.yml": neat, "p/other.yaml": "a:   1\n", "p/c.json": "{ }" };
const textOf = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

describe("fmt", () => {
  it("writes what changes, says so, and has nothing to do after that", () => {
    const folder = folderWith(files);
    expect(meshlog(["fmt", "p"], { cwd: folder })).toEqual({ code: 0, out: "", error: "Formatted p/a.yaml\n" });
    expect(readdirSync(join(folder, "p")).map((name) => textOf(folder, `p/${name}`))).toEqual([neat, neat, "{ }", "a:   1\n"]); // prettier-ignore
    expect(meshlog(["fmt", "--check", "p"], { cwd: folder })).toEqual({ code: 0, out: "", error: "" });
  });

  it.each([
    [["--check"], { code: 1, out: "", error: "p/a.yaml is not formatted.\n" }],
    [["--diff"], { code: 0, out: expect.stringMatching(/^-spec: {3}\{rules: \[ \]\}\n\+spec: \{ rules: \[\] \}$/m) as string, error: "" }], // prettier-ignore
    [["--stdout", "p/a.yaml"], { code: 0, out: `${neat}${neat}a:   1\n`, error: "" }],
  ])("%j writes no file", (args, expected) => {
    const folder = folderWith(files);
    expect(meshlog(["fmt", ...args, "p"], { cwd: folder })).toEqual(expected);
    expect(textOf(folder, "p/a.yaml")).toBe(loose);
  });

  it("answers the standard input on the standard output", () => {
    expect(meshlog(["fmt", "-"], { input: loose })).toEqual({ code: 0, out: neat, error: "" });
  });

  it("names what cannot be read, and lays out the rest", () => {
    const folder = folderWith({ "a.yaml": `${loose}---\ntype: Mesh\nname: [\n` });
    const { code, error } = meshlog(["fmt", "a.yaml"], { cwd: folder });
    expect(error).toMatch(/^a\.yaml:\d+:\d+: io\/yaml: .*\nFormatted a\.yaml\n$/);
    expect(code).toBe(1);
    expect(textOf(folder, "a.yaml")).toBe(`${neat}---\ntype: Mesh\nname: [\n`);
  });
});
