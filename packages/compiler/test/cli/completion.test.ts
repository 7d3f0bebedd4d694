import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { reportFormats } from "../../src/documents/report-formats.ts";
import { shells } from "../../src/cli/completion/shells.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const bash = meshlog(["completion", "bash"]).out;

/** What bash offers for the last word of a line, with the script that meshlog prints. */
function offered(line: string): readonly string[] {
  // As bash splits a line: the sign of --option=value is a word of its own.
  const words = line.split(" ").flatMap((word) => word.split(/(?<==)|(?==)/));
  const script = `${bash}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_meshlog
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["--noprofile", "--norc", "-c", script], { encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completion in bash", () => {
  it.each([
    ["meshlog c", ["check", "compile", "completion"]],
    ["meshlog --v", ["--version"]],
    ["meshlog check --fi", ["--fix"]],
    ["meshlog check --format ", reportFormats],
    ["meshlog check --format=s", ["sarif"]],
    ["meshlog check a.yaml --format p", ["pretty"]],
    ["meshlog check ", []],
    ["meshlog check --output-file ", []],
    ["meshlog check --kuma 2.1", ["2.1", "2.10", "2.11", "2.12", "2.13", "2.14"]],
    ["meshlog explain lint/trailing", ["lint/trailing-newline"]],
    ["meshlog operators START_TIME_", ["START_TIME_LOCAL"]],
    ["meshlog completion ", shells],
    ["meshlog preview --traffic f", ["failure"]],
  ])("%j", (line, expected) => {
    expect([...offered(line)].sort()).toEqual([...expected].sort());
  });

  it("offers every option of every command that its help lists", () => {
    const commands = offered("meshlog ").filter((name) => name !== "help");
    expect(commands).toContain("check");
    for (const command of commands) {
      const { out } = meshlog([command, "--help"]);
      const listed = [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, long]) => long);
      expect([...offered(`meshlog ${command} -`)].sort()).toEqual(listed.sort());
    }
  }, 60_000);

  it("is registered, for paths too where there is no word of ours", () => {
    const folder = folderWith({ script: bash });
    const { stdout } = spawnSync("bash", ["-c", "source ./script; complete -p meshlog"], { cwd: folder, encoding: "utf8" }); // prettier-ignore
    expect(stdout).toBe("complete -o bashdefault -o default -F _meshlog meshlog\n");
  });
});

describe.each(shells)("completion in %s", (shell) => {
  const isThere = spawnSync(shell, ["--version"]).error === undefined;
  const { out } = meshlog(["completion", shell]);

  it.runIf(isThere)("is a script that the shell reads", () => {
    const cwd = folderWith({ script: out });
    expect(spawnSync(shell, ["-n", "script"], { cwd, encoding: "utf8" }).stderr).toBe("");
  });

  it("knows the commands, their options and values", () => {
    for (const word of ["compile", "max-warnings", "stdin-filename", "lint/endpoint", "REQUEST_DURATION"]) {
      expect(out).toContain(word);
    }
  });
});
