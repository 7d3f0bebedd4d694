import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mesh, sidecar } from "../diff/bundles.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const policy = (list: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: in\nspec:\n${list}        backends:\n          - {type: File, file: {path: /log}}\n`;
const old = policy("  # all that comes in\n  from:\n    - targetRef: {kind: Mesh}\n      default:\n");
const now = policy("  # all that comes in\n  rules:\n    - default:\n");

/** A folder with a policy and a proxy that it is for. */
const bundle = (text = old): string =>
  folderWith({ "mesh/a.yaml": text, "mesh/b.yaml": `${mesh}---\n${sidecar("web")}` });
const read = (cwd: string): string => readFileSync(join(cwd, "mesh/a.yaml"), "utf8");

const told = "Kuma 2.9.19 → 2.10.11: rewrote `from` (1) in 1 file.\n0 of 1 proxy logs otherwise.\n";

describe("migrate", () => {
  it("rewrites files in place, and says what comes of it", () => {
    const cwd = bundle();
    expect(meshlog(["migrate", "--to", "2.10", "mesh"], { cwd })).toEqual({ code: 0, out: "", error: told });
    expect(read(cwd)).toBe(now);
    expect(readdirSync(join(cwd, "mesh"))).toEqual(["a.yaml", "b.yaml"]);
    const again = meshlog(["migrate", "--to", "2.10", "mesh"], { cwd });
    expect(again.error).toContain("Kuma 2.9.19 → 2.10.11: nothing to rewrite.\n");
    expect(read(cwd)).toBe(now);
  });

  it("prints what would change", () => {
    const cwd = bundle();
    const { code, out, error } = meshlog(["migrate", "--to", "2.10", "--diff", "mesh"], { cwd });
    expect(out).toBe(`--- a/mesh/a.yaml
+++ b/mesh/a.yaml
@@ -2,9 +2,8 @@
 mesh: default
 name: in
 spec:
   # all that comes in
-  from:
-    - targetRef: {kind: Mesh}
-      default:
+  rules:
+    - default:
         backends:
           - {type: File, file: {path: /log}}
`);
    expect({ code, error }).toEqual({ code: 0, error: told });
    expect(read(cwd)).toBe(old);
  });

  it("fails with --check if anything would change", () => {
    const cwd = bundle();
    expect(meshlog(["migrate", "--to", "2.10", "--check", "mesh"], { cwd }).code).toBe(1);
    expect(read(cwd)).toBe(old);
    expect(meshlog(["migrate", "--to", "2.10", "--check", "mesh"], { cwd: bundle(now) }).code).toBe(0);
  });

  it("prints the one file, as it does the standard input", () => {
    const cwd = bundle();
    expect(meshlog(["migrate", "--to", "2.10", "--stdout", "mesh/a.yaml"], { cwd }).out).toBe(now);
    expect(meshlog(["migrate", "--to", "2.10", "-"], { cwd, input: old }).out).toBe(now);
    expect(meshlog(["migrate", "--to", "2.10", "-"], { cwd, input: now }).out).toBe(now);
    expect(read(cwd)).toBe(old);
  });

  it("prints the edits for programs, and writes nothing", () => {
    const cwd = bundle();
    const { code, out } = meshlog(["migrate", "--to", "2.10", "--format", "json", "mesh"], { cwd });
    const { files, ...rest } = JSON.parse(out) as { files: { edits: { start: { offset: number } }[] }[] };
    expect({ code, rest }).toEqual({
      code: 0,
      rest: {
        meshlog: 1,
        from: "2.9.19",
        to: "2.10.11",
        rewritten: { "`from`": 1 },
        left: [],
        diagnostics: [],
        proxies: { all: 1, otherwise: [] },
      },
    });
    expect(files[0]?.edits.map(({ start }) => start.offset)).toEqual([old.indexOf("from"), old.indexOf("targetRef")]);
    expect(read(cwd)).toBe(old);
  });

  it("says what is left to do by hand, and fails", () => {
    const cwd = bundle(old.replace("{kind: Mesh}", "&all {kind: Mesh}").replace("/log", "*all"));
    const { code, error } = meshlog(["migrate", "--to", "main", "mesh"], { cwd });
    expect(code).toBe(1);
    expect(error).toContain("mesh/a.yaml:6:3 error migrate/layout\n");
    expect(read(cwd)).toContain("from:");
  });

  it("says what the newer Envoy refuses of a format, and fails", () => {
    const text = old.replace("{path: /log}", "{path: /log, format: {type: Plain, plain: '%REQ(X Y)%'}}");
    const { code, error } = meshlog(["migrate", "--to", "2.12", "--kuma", "2.6.12", "mesh"], { cwd: bundle(text) });
    expect(code).toBe(1);
    expect(error).toMatch(/a\.yaml:\d+:\d+ error format\//);
  });

  it("shows what Kuma itself changes", () => {
    const text = old.replace("{path: /log}", "{path: /log, format: {type: Plain, plain: '%KUMA_ZONE%'}}");
    const { code, error } = meshlog(["migrate", "--to", "2.14", "--kuma", "2.9", "mesh"], { cwd: bundle(text) });
    expect(code).toBe(0);
    expect(error).toContain("1 of 1 proxy logs otherwise, by what Kuma itself changes.\n");
    expect(error).toContain("  -     %KUMA_ZONE%\n");
  });

  it.each([
    [["--to", "2.9", "--kuma", "2.10"], "migrate goes to newer releases; 2.9.19 is older than 2.10.11"],
    [["--to", "2.10", "--stdout"], "--stdout prints one file; these are 2."],
    [["--to", "2.10", "--diff", "--check"], "--check, --diff and --stdout go one at a time."],
    [["--to", "2.10", "--diff", "--format", "json"], "--format json prints the edits; take it alone."],
    [["--to", "2.9..2.10"], "2.9..2.10"],
  ])("refuses %j", (options, told) => {
    const { code, error } = meshlog(["migrate", ...options, "mesh"], { cwd: bundle() });
    expect(code).toBe(2);
    expect(error).toContain(told);
  });
});
