import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { helpExamples } from "../../src/cli/help-examples.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const policies = fileURLToPath(new URL("../../../../examples/quickstart/bundle", import.meta.url));
const dataplane =
  "type: Dataplane\nmesh: default\nname: web-1\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: web}}]}\n";
const commands = [...meshlog(["--help"]).out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = ""]) => name);

describe("--help", () => {
  it.each(commands.filter((name) => name !== "help"))("of %s is short, and ends with examples", (command) => {
    const { code, out } = meshlog([command, "--help"]);
    expect(out).toContain(`\nExamples:\n${(helpExamples[command] ?? ["none"]).map((one) => `  ${one}\n`).join("")}`);
    expect(code).toBe(0);
    expect(out.split("\n").length).toBeLessThan(60);
  });
});

/** Their input comes from other programs. */
const piped = /^(?:kubectl|kumactl) .* \| /;

describe("the examples of --help do what they show", () => {
  const runs = commands.flatMap((command) => (helpExamples[command] ?? []).filter((example) => !piped.test(example)));

  it.each(runs)("%s", (example) => {
    const folder = folderWith({ "mesh/web-1.yaml": dataplane });
    for (const name of ["policies", "mesh", "old", "new"]) {
      cpSync(policies, join(folder, name), { recursive: true });
    }
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
    const script = `meshlog() { "${process.execPath}" --conditions=@meshlog/source "${main}" "$@"; }\n${example}`;
    const { status, stderr } = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
    expect(stderr).not.toContain("meshlog: ");
    expect([0, 1]).toContain(status);
  });
});
