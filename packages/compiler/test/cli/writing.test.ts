import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

const policy =
  "type: MeshAccessLog\nmesh: default\nname: p\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file: {path: /log, format: {type: Plain, plain: '%PROTCOL%'}}\n";
const dataplane = (name: string): string =>
  `---\ntype: Dataplane\nmesh: default\nname: ${name}\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: ${name}}}]}\n`;

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Runs `meshlog` in a folder. @returns its process, and by which signal it ends. */
const run = (cwd: string, args: readonly string[]): { process: ChildProcess; ended: Promise<unknown> } => {
  const child = spawn(process.execPath, ["--conditions=@meshlog/source", main, ...args], { cwd, stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { process: child, ended: new Promise((resolve) => child.once("exit", (_, by) => { resolve(by); })) }; // prettier-ignore
};

/** Waits for a folder to hold what is being written. */
const untilPart = (folder: string): Promise<void> =>
  new Promise((resolve) => {
    const watcher = watch(folder, () => {
      if (readdirSync(folder).some((name) => name.endsWith(".part"))) {
        watcher.close();
        resolve();
      }
    });
  });

/** All files below a folder. */
const filesIn = (folder: string): readonly string[] =>
  (
    readdirSync(folder, { recursive: true, withFileTypes: true }) as readonly {
      isFile(): boolean;
      parentPath: string;
      name: string;
    }[]
  )
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

describe("what cannot be written ends the run with exit code 2 and the reason", () => {
  it.each([
    ["a full disk", "check", ["--output-file", "/dev/full"], "/dev/full cannot be written: the disk is full."],
    ["a file for a folder", "check", ["--output-file", "a.yaml/x"], "a.yaml/x cannot be written: a part of its path is a file, not a folder."], // prettier-ignore
    ["a file for a folder", "compile", ["--out", "a.yaml"], "a.yaml cannot be written: a file is in its place."], // prettier-ignore
    ["a file in the way", "compile", ["--out", "a.yaml/x"], "a.yaml/x cannot be written: a part of its path is a file, not a folder."], // prettier-ignore
    ["what takes no files", "compile", ["--out", "/proc/meshlog"], "/proc/meshlog cannot be written: there is no such file or folder."], // prettier-ignore
    ["a name too long", "check", ["--output-file", "x".repeat(300)], `${"x".repeat(300)} cannot be written: its name is too long.`], // prettier-ignore
  ])("%s: %s", (_, command, args, problem) => {
    const folder = folderWith({ "a.yaml": policy + dataplane("d") });
    const { code, error } = meshlog([command, "a.yaml", ...args], { cwd: folder });
    expect(error).toBe(`meshlog: ${problem}\n`);
    expect(code).toBe(2);
    expect(filesIn(folder)).toEqual(["a.yaml"]);
  });

  it("the standard output", () => {
    const folder = folderWith({ "a.yaml": policy });
    const command = `"$1" --conditions=@meshlog/source "$2" compile a.yaml > /dev/full`;
    const { status, stderr } = spawnSync("sh", ["-c", command, "sh", process.execPath, main], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toContain("meshlog: the output cannot be written: the disk is full.\n");
    expect(status).toBe(2);
  });

  it("a folder in the place of a proxy's file", () => {
    const folder = folderWith({ "a.yaml": policy + dataplane("d"), "out/default/d.json/x": "" });
    const { code, error } = meshlog(["compile", "a.yaml", "--out", "out"], { cwd: folder });
    expect(error).toBe("meshlog: out cannot be written: it is a folder.\n");
    expect(code).toBe(2);
    expect(filesIn(folder)).toEqual(["a.yaml", "out/default/d.json/x"]);
  });
});

describe("a report", () => {
  it("may have the longest name that a file can have", () => {
    const folder = folderWith({ "a.yaml": policy });
    const name = "x".repeat(255);
    expect(meshlog(["check", "a.yaml", "--output-file", name], { cwd: folder }).code).toBe(1);
    expect(filesIn(folder)).toEqual(["a.yaml", name]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("is as it was after %s in the middle", (signal) => {
    const folder = folderWith({ report: "as it was" });
    const writer = new URL("../../src/cli/write-file.ts", import.meta.url).href;
    const script = `
      import { writeWhole } from ${JSON.stringify(writer)};
      function* interrupted() {
        for (let i = 0; i < 1000; i++) {
          if (i === 20) process.kill(process.pid, "${signal}");
          yield "a piece";
        }
      }
      await writeWhole("report", interrupted());`;
    const args = ["--conditions=@meshlog/source", "--input-type=module", "--eval", script];
    expect(spawnSync(process.execPath, args, { cwd: folder }).signal).toBe(signal);
    expect(readdirSync(folder)).toEqual(["report"]);
    expect(readFileSync(join(folder, "report"), "utf8")).toBe("as it was");
  });
});

describe("an output folder", () => {
  it("is not left through a link in it, neither to write nor to remove", () => {
    const folder = folderWith({ "a.yaml": policy + dataplane("d"), "elsewhere/other.json": "mine" });
    const listed = { proxies: [{ mesh: "gone", name: "other" }] };
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out/bundle.json"), JSON.stringify(listed));
    for (const name of ["default", "gone"]) {
      symlinkSync("../elsewhere", join(folder, "out", name));
      const { code, error } = meshlog(["compile", "a.yaml", "--out", "out"], { cwd: folder });
      expect(error).toMatch(/^meshlog: out\/(default|gone) cannot be written: it is a link, /);
      expect(code).toBe(2);
      expect(readFileSync(join(folder, "out/bundle.json"), "utf8")).toBe(JSON.stringify(listed));
    }
    expect(filesIn(join(folder, "elsewhere"))).toEqual(["other.json"]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("is as it was after %s in the middle", async (signal) => {
    const many = Array.from({ length: 3000 }, (_, i) => dataplane(`d${i}`)).join("");
    const folder = folderWith({ "a.yaml": policy + dataplane("d"), "b.yaml": policy + many });
    meshlog(["compile", "a.yaml", "--out", "out"], { cwd: folder });
    const before = filesIn(folder);
    const bundle = readFileSync(join(folder, "out/bundle.json"), "utf8");

    const child = run(folder, ["compile", "b.yaml", "--out", "out"]);
    // The first file that is made: the others are still to come.
    await untilPart(join(folder, "out"));
    child.process.kill(signal);
    expect(await child.ended).toBe(signal);
    expect(filesIn(folder)).toEqual(before);
    expect(existsSync(join(folder, "out/default/d0.json"))).toBe(false);
    expect(readFileSync(join(folder, "out/bundle.json"), "utf8")).toBe(bundle);
  });

  it("holds whole files alone after SIGKILL in the middle, and the next run is none the worse", async () => {
    const many = Array.from({ length: 3000 }, (_, i) => dataplane(`d${i}`)).join("");
    const folder = folderWith({ "b.yaml": policy + many });
    mkdirSync(join(folder, "out"));
    const child = run(folder, ["compile", "b.yaml", "--out", "out"]);
    await untilPart(join(folder, "out"));
    child.process.kill("SIGKILL");
    expect(await child.ended).toBe("SIGKILL");
    expect(filesIn(folder).filter((name) => !name.includes(".part/"))).toEqual(["b.yaml"]);
    expect(meshlog(["compile", "b.yaml", "--out", "out", "--quiet"], { cwd: folder }).code).toBe(1);
    expect(filesIn(folder).filter((name) => name.startsWith("out/default/"))).toHaveLength(3000);
  });
});
