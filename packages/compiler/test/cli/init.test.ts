import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ciKinds } from "../../src/cli/init/ci-files.ts";
import { folderWith, meshlog } from "./meshlog.ts";

describe("init", () => {
  it.each([
    ["2.14", "universal"],
    ["2.14", "kubernetes"],
    ["2.9", "universal"],
    ["2.2", "kubernetes"],
    ["main", "universal"],
  ])("for Kuma %s, %s: there is nothing to say about what it writes, nor to lay out", (kuma, shape) => {
    const folder = folderWith({});
    const { code, out, error } = meshlog(["init", "--kuma", kuma, "--shape", shape], { cwd: folder });
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(error).toMatch(
      /^Wrote meshlog\.config\.yaml\nWrote policies\/access-logs\.yaml\n\nNext:\n {2}meshlog check /,
    );
    expect(meshlog(["check", "--format", "json", "policies/"], { cwd: folder })).toMatchObject({ code: 0, error: "" });
    expect(meshlog(["fmt", "--check", "."], { cwd: folder })).toMatchObject({ code: 0, error: "" });
    expect(meshlog(["preview", "policies/"], { cwd: folder }).code).toBe(0);
  });

  it.each(ciKinds)("writes what runs meshlog on every change: %s", (ci) => {
    const folder = folderWith({});
    const { code, error } = meshlog(["init", "new/place", "--ci", ci], { cwd: folder });
    expect(code).toBe(0);
    const [, path = ""] = /Wrote (new\/place\/\..*)/.exec(error) ?? [];
    expect(readFileSync(join(folder, path), "utf8")).toContain("meshlog check");
  });

  it("writes over nothing, and then nothing at all, unless it is told to", () => {
    const folder = folderWith({ "policies/access-logs.yaml": "mine" });
    const run = (...args: string[]) => meshlog(["init", ...args], { cwd: folder });
    expect(run()).toEqual({
      code: 2,
      out: "",
      error: "meshlog: policies/access-logs.yaml is there, and nothing was written; --force writes over.\n",
    });
    expect(readFileSync(join(folder, "policies/access-logs.yaml"), "utf8")).toBe("mine");
    expect(existsSync(join(folder, "meshlog.config.yaml"))).toBe(false);
    expect(run("--force").code).toBe(0);
    expect(readFileSync(join(folder, "policies/access-logs.yaml"), "utf8")).toContain("MeshAccessLog");
  });

  it("says what is in the way", () => {
    const { code, error } = meshlog(["init", "file"], { cwd: folderWith({ file: "" }) });
    expect(error).toBe("meshlog: file cannot be made: a file is in its place.\n");
    expect(code).toBe(2);
  });
});
