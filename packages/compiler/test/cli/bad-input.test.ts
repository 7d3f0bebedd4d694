import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

const policy = (format: string): string => `type: MeshAccessLog
mesh: default
name: a
spec:
  rules:
    - default:
        backends:
          - type: File
            file:
              path: /dev/stdout
              format:
                type: Plain
                plain: ${format}
`;

/** No run may end in a stack trace. */
function check(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]) {
  const run = meshlog(["check", "--format", "compact", ...(args.length > 0 ? args : ["."])], {
    cwd: folderWith(files),
  });
  expect(run.error).not.toMatch(/\n\s+at /);
  return run;
}

describe("bad input gets a clear message and the right exit code", () => {
  it("a file that is not YAML", () => {
    const { code, error } = check({ "a.yaml": "spec: {a: [1, 2\nb: 'x\n" });
    expect(error).toMatch(/^a\.yaml:\d+:\d+: error io\/yaml: Kuma cannot read this YAML: /);
    expect(code).toBe(1);
  });

  it("a broken document does not hide the others", () => {
    const { code, error } = check({ "a.yaml": `spec: [\n---\n${policy("'%PROTCOL%'")}` });
    expect(error).toMatch(/io\/yaml/);
    expect(error).toMatch(/a\.yaml:15:25: error format\/unknown-operator/);
    expect(code).toBe(1);
  });

  it("a binary file", () => {
    const { code, error } = check({ "a.yaml": new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]) });
    expect(error).toMatch(/^a\.yaml:1:\d+: error io\/not-text: /);
    expect(code).toBe(1);
  });

  it("a byte order mark and CRLF are no problem, and positions hold", () => {
    const { code, error } = check({ "a.yaml": `\ufeff${policy("'%PROTCOL%'").replaceAll("\n", "\r\n")}` });
    expect(error).toMatch(/^a\.yaml:13:25: error format\/unknown-operator: /);
    expect(code).toBe(1);
  });

  it("an empty file", () => {
    const { code, error } = check({ "a.yaml": "" });
    expect(error).toBe("1 file, 0 policies: no problems.\n");
    expect(code).toBe(0);
  });

  it("a path that does not exist", () => {
    const { code, error } = check({}, "missing.yaml");
    expect(error).toBe("meshlog: missing.yaml does not exist.\n");
    expect(code).toBe(2);
  });

  it("a pattern that matches nothing", () => {
    const { code, error } = check({}, "*.yml");
    expect(error).toBe("meshlog: The pattern *.yml matches no file.\n");
    expect(code).toBe(2);
  });

  it("a folder without a file to read", () => {
    const { code, error } = check({ "notes/readme.txt": "" }, "notes");
    expect(error).toBe("meshlog: There is no file to read in notes: no .yaml, .yml or .json.\n");
    expect(code).toBe(2);
  });

  it("links below a folder that lead out of it, of which nothing is shown", () => {
    const folder = folderWith({ "in/real/a.yaml": "", "secret/s.yaml": "a: [\nSECRET\n", "in/b.yaml": "" });
    symlinkSync("../secret/s.yaml", join(folder, "in/file.yaml"));
    symlinkSync("../secret", join(folder, "in/folder"));
    symlinkSync("real/a.yaml", join(folder, "in/kept.yaml"));
    symlinkSync(".", join(folder, "in/loop"));
    for (const path of ["in", "in/**/*.yaml", "./in/../in"]) {
      const { code, error } = meshlog(["check", path], { cwd: folder });
      expect(error).toMatch(/in\/file\.yaml is left out: a link leads out of .*in\.\n/);
      expect(error).toMatch(/in\/folder\/s\.yaml is left out: a link leads out of .*in\.\n/);
      expect(error).toContain("2 files, 0 policies: no problems.");
      expect(error).not.toContain("SECRET");
      expect(code).toBe(0);
    }
    // One that is named is read.
    expect(meshlog(["check", "in/file.yaml"], { cwd: folder }).error).toContain("SECRET");
  });

  it("a folder whose only files are ignored", () => {
    const files = {
      ".gitignore": "generated/\n*.tmp.yaml\n",
      "generated/a.yaml": "a: [",
      "b.tmp.yaml": "a: [",
      "c.yaml": "",
    };
    const { code, error } = check(files);
    expect(error).toBe("1 file, 0 policies: no problems.\n");
    expect(code).toBe(0);
  });

  it("a format of 1 MB", () => {
    const { code, error } = check({ "a.yaml": policy(`'${"%START_TIME% ".repeat(80_000)}%PROTCOL%'`) });
    expect(error).toMatch(/^a\.yaml:13:1040025: error format\/unknown-operator: /);
    expect(error.length).toBeLessThan(10_000);
    expect(code).toBe(1);
  });

  it("a policy with an unknown operator", () => {
    const { code, error } = check({ "a.yaml": policy("'[%START_TIME%] %PROTCOL%'") });
    expect(error).toContain("a.yaml:13:40: error format/unknown-operator: ");
    expect(error).toContain("Not supported field in StreamInfo: PROTCOL");
    expect(code).toBe(1);
  });

  it("a version that there is not", () => {
    const { code, error } = check({ "a.yaml": "" }, "--kuma", "2.15", ".");
    expect(error).toBe("meshlog: There is no Kuma 2.15; the nearest that meshlog knows is 2.14.3.\n");
    expect(code).toBe(2);
  });

  it("an option that there is not", () => {
    const { code, error } = check({ "a.yaml": "" }, "--nope", ".");
    expect(error).toMatch(/unknown option '--nope'/);
    expect(code).toBe(2);
  });

  it("nothing to check", () => {
    const { code, error } = meshlog(["check"]);
    expect(error).toBe("meshlog: Name files or folders to check, - for the standard input, or a format with -e.\n");
    expect(code).toBe(2);
  });
});
