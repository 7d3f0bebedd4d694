import { spawn } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { reportFormats } from "../../src/documents/report-formats.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const policy = (format: string): string =>
  `type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                plain: ${format}\n`;

interface Reported {
  readonly targets: { readonly kuma: readonly string[]; readonly envoy: readonly string[] };
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly file: string;
    readonly kuma?: { readonly field: string };
  }[];
}

describe("the configuration", () => {
  it("says the release to compile and to explain for", () => {
    const folder = folderWith({
      "meshlog.config.yaml": "kuma: 2.13.1\n",
      "a.yaml":
        "type: Dataplane\nmesh: m\nname: d\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: a}}]\n",
    });
    const compiled = meshlog(["compile", "a.yaml"], { cwd: folder });
    expect(JSON.parse(compiled.out)).toMatchObject({ kuma: "2.13.1" });
    const explained = meshlog(["explain", "--proxy", "m/d", "a.yaml"], { cwd: folder });
    expect(explained.out).toMatch(/^m\/d, Kuma 2\.13\.1, /);
    const previewed = meshlog(["preview", "-e", "%PROTOCOL%", "--format", "json"], { cwd: folder });
    expect(JSON.parse(previewed.out)).toMatchObject({ kuma: "2.13.1" });
    const compared = meshlog(["diff", "--format", "json", "a.yaml", "a.yaml"], { cwd: folder });
    expect(JSON.parse(compared.out)).toMatchObject({ before: { kuma: "2.13.1" }, after: { kuma: "2.13.1" } });
  });

  it("is found upwards, is for all below it, and its globs are from its folder", () => {
    const folder = folderWith({
      "meshlog.config.yaml":
        "kuma: 2.13.0..2.14\nformat: json\nmaxWarnings: 0\nignore: [team/generated]\nlints:\n  lint/trailing-newline: error\noverrides:\n  - files: [team/legacy/**]\n    lints: {lint/constant-format: off, lint/trailing-newline: on}\n",
      "team/a.yaml": policy('"word\\n"'),
      "team/legacy/b.yaml": policy('"word\\n"').replace("name: a", "name: b"),
      "team/generated/c.yaml": policy("'%PROTCOL%'"),
    });
    const { code, out, error } = meshlog(["check", "."], { cwd: join(folder, "team") });
    const { targets, diagnostics } = JSON.parse(out) as Reported;
    expect(diagnostics.map(({ file, code, severity }) => `${file} ${severity} ${code}`)).toEqual([
      "a.yaml warning lint/constant-format",
      "a.yaml error lint/trailing-newline",
      "legacy/b.yaml warning lint/trailing-newline",
    ]);
    expect(targets.kuma).toEqual(["2.13.0", "2.13.10", "2.14.3"]);
    expect({ code, error }).toEqual({ code: 1, error: "" });
  });

  it("gives way to options", () => {
    const folder = folderWith({
      "meshlog.config.yaml": "kuma: 2.9\nenvoy: 1.22\nformat: json\nmaxWarnings: 0\n",
      "a.yaml": policy("word"),
    });
    const { code, error } = meshlog(
      ["check", "--kuma", "2.14", "--format", "compact", "--max-warnings", "1", "a.yaml"],
      {
        cwd: folder,
      },
    );
    expect(error).toContain("a.yaml:12:24: warning lint/constant-format: ");
    expect(code).toBe(0);
  });

  it("says the control plane of check, and --control-plane takes its place", () => {
    const folder = folderWith({
      "c.yaml": "format: json\ncontrolPlane: {mode: global, labels: computed}\n",
      "zone.yaml": "zone: east\nlabels: computed\n",
      "a.yaml": policy("'%PROTOCOL%'").replace(
        "name: a",
        "name: a\nlabels: {kuma.io/origin: zone, kuma.io/zone: west}",
      ),
    });
    const found = (...args: string[]): unknown => {
      const { out } = meshlog(["check", "--config", "c.yaml", ...args, "a.yaml"], { cwd: folder });
      return (JSON.parse(out) as Reported).diagnostics.map(({ kuma }) => kuma?.field);
    };
    expect(found()).toEqual(['labels["kuma.io/origin"]']);
    expect(found("--control-plane", "zone.yaml")).toEqual(['labels["kuma.io/zone"]']);
  });

  it.each([
    ["check", "a.yaml"],
    ["compile", "a.yaml"],
  ])("that is wrong ends %s with its place", (command, path) => {
    const folder = folderWith({
      "meshlog.config.yaml": "kuma: 2.14\nlints:\n  lint/none: off\nmaxwarnings: 1\n",
      [path]: policy("word"),
    });
    const { code, out, error } = meshlog([command, path], { cwd: folder });
    expect(error.split("\n")).toEqual([
      expect.stringMatching(/^meshlog: meshlog\.config\.yaml:3:3: .* there is no key "lint\/none" here; /),
      expect.stringMatching(/^meshlog\.config\.yaml:4:1: .* there is no key "maxwarnings" here; the keys are /),
      "",
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("that --config names has to be there", () => {
    const { code, error } = meshlog(["check", "--config", "none.yaml", "-e", "%PROTOCOL%"]);
    expect(error).toMatch(/^meshlog: none\.yaml cannot be read: /);
    expect(code).toBe(2);
  });
});

describe("the streams of a report", () => {
  it.each(reportFormats)("%s", (format) => {
    const { code, out, error } = meshlog(["check", "--format", format, "-e", "%PROTCOL%"]);
    const isForPeople = format === "pretty" || format === "compact";
    expect({ code, out: out !== "", error: error !== "" }).toEqual({ code: 1, out: !isForPeople, error: isForPeople });
  });

  it("a file in whose place it is written whole, through a link too", () => {
    const folder = folderWith({ "real.txt": "before", "a.yaml": policy("word") });
    symlinkSync("real.txt", join(folder, "report.txt"));
    chmodSync(join(folder, "real.txt"), 0o640);
    const { out, error } = meshlog(["check", "--format", "compact", "--output-file", "report.txt", "a.yaml"], {
      cwd: folder,
    });
    expect(out + error).toBe("");
    expect(readFileSync(join(folder, "real.txt"), "utf8")).toContain("lint/constant-format");
    expect(lstatSync(join(folder, "report.txt")).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(folder, "real.txt")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["a.yaml", "real.txt", "report.txt"]);
  });

  it("a folder that is not there ends the run", () => {
    const { code, error } = meshlog(["check", "--output-file", "none/report.txt", "-e", "%PROTOCOL%"], {
      cwd: folderWith({}),
    });
    expect(error).toMatch(/^meshlog: none\/report\.txt cannot be written: /);
    expect(code).toBe(2);
  });
});

describe("--fix", () => {
  it("mends the files, says what, and reports what remains and why", () => {
    const folder = folderWith({
      "p/a.yaml": policy('"%PROTOCOL%\\n"'),
      "p/b.yaml": policy("'%PROTCOL%'").replace("name: a", "name: b"),
    });
    const { code, error } = meshlog(["check", "--fix", "--format", "compact", "p"], { cwd: folder });
    expect(readFileSync(join(folder, "p/a.yaml"), "utf8")).toBe(policy('"%PROTOCOL%"'));
    expect(error.split("\n")).toEqual([
      expect.stringMatching(/^Fixed p\/a\.yaml:12:35 lint\/trailing-newline: /),
      "1 finding has a fix that --fix leaves to you, because it may change what is logged.",
      "",
      expect.stringMatching(/^p\/b\.yaml:12:25: error format\/unknown-operator: /),
      "2 files, 2 policies: 1 error.",
      "",
    ]);
    expect(code).toBe(1);
    expect(readdirSync(join(folder, "p")).sort()).toEqual(["a.yaml", "b.yaml"]);
  });

  it.each([["-"], ["-e", "%PROTOCOL%"]])("is not for %s", (...args) => {
    const { code, error } = meshlog(["check", "--fix", ...args]);
    expect({ code, error }).toEqual({
      code: 2,
      error: "meshlog: --fix is for files; it takes no -e and no standard input.\n",
    });
  });
});

describe("a comment that silences", () => {
  const silenced = policy("word").replace(
    "                plain",
    "                # meshlog-disable-next-line lint/constant-format -- why\n                plain",
  );

  it("is heard by check and by compile, but only check says that it is of no use", () => {
    const folder = folderWith({
      "a.yaml": silenced,
      "b.yaml": silenced.replace("word", "'%PROTOCOL%'").replace("name: a", "name: b"),
    });
    const checked = meshlog(["check", "--format", "compact", "a.yaml", "b.yaml"], { cwd: folder });
    expect(checked.error.match(/lint\/[\w-]+(?=:)/g)).toEqual(["lint/unused-suppression"]);
    const compiled = meshlog(["compile", "--out", "out", "--quiet", "a.yaml", "b.yaml"], { cwd: folder });
    expect(compiled.error).toBe("");
  });
});

it("schema prints the schema of a document", () => {
  const { code, out, error } = meshlog(["schema", "--kind", "control-plane"]);
  expect(JSON.parse(out)).toMatchObject({ type: "object", properties: { zone: { type: "string" } } });
  expect({ code, error }).toEqual({ code: 0, error: "" });
});

it("schema prints the schema of policies, for the releases that are configured or named", () => {
  const folder = folderWith({ "meshlog.config.yaml": "kuma: 2.9\n" });
  const titleOf = (...args: string[]): unknown =>
    (JSON.parse(meshlog(["schema", ...args], { cwd: folder }).out) as { readonly title: unknown }).title;
  expect(titleOf()).toBe("MeshAccessLog of Kuma 2.9.19");
  expect(titleOf("--kuma", "2.13.9..2.14.0", "--shape", "kubernetes")).toBe(
    "MeshAccessLog of Kuma 2.13.9, 2.13.10, 2.14.0",
  );
});

describe("--watch", () => {
  it("checks again when a file changes or comes, and ends with the code of the last run", async () => {
    const folder = folderWith({ "p/a.yaml": policy("'%PROTCOL%'"), "p/sub/note.txt": "" });
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
    const args = ["--conditions=@meshlog/source", main, "check", "--watch", "--format", "compact", "p"];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
    const summary = async (): Promise<string> => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error("it ended");
        if (/^\d+ files?, |^meshlog: /.test(value)) return value;
      }
    };

    expect(await summary()).toBe("1 file, 1 policy: 1 error.");
    writeFileSync(join(folder, "p/a.yaml"), policy("'%PROTOCOL%'"));
    expect(await summary()).toBe("1 file, 1 policy: no problems.");
    writeFileSync(join(folder, "p/sub/b.yaml"), policy("word").replace("name: a", "name: b"));
    expect(await summary()).toBe("2 files, 2 policies: 1 warning.");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});
