import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { folderWith, meshlog } from "./meshlog.ts";

const repository = join(import.meta.dirname, "../../../..");
const main = join(repository, "packages/compiler/src/cli/main.ts");
const template = (name: string): unknown =>
  parse(readFileSync(join(repository, "templates/shards", name), "utf8")) as unknown;

interface Job {
  readonly kind: string;
  readonly spec: {
    readonly completions: number;
    readonly completionMode: string;
    readonly template: { readonly spec: { readonly containers: readonly [{ readonly args: readonly [string] }] } };
  };
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      "compile" | "unite",
      {
        readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

/** A mesh of twenty proxies, where both templates look for theirs. */
function meshFolder(): string {
  const folder = folderWith({});
  for (const name of ["bundle", "mesh"]) {
    cpSync(join(repository, "examples/quickstart/bundle"), join(folder, name), { recursive: true });
    const proxies = Array.from(
      { length: 20 },
      (_, i) =>
        `type: Dataplane\nmesh: default\nname: p-${i}\nnetworking: {address: 10.0.1.${i + 1}, inbound: [{port: 80, tags: {kuma.io/service: s}}]}\n`,
    );
    writeFileSync(join(folder, name, "proxies.yaml"), proxies.join("---\n"));
  }
  mkdirSync(join(folder, "compiled"));
  return folder;
}

/** Runs a command of a template as its shell does. */
function shell(command: string, cwd: string, env: NodeJS.ProcessEnv): void {
  const script = `meshlog() { "$NODE" --conditions=@meshlog/source "$MAIN" "$@"; }\n${command}`;
  const { status, stderr } = spawnSync("bash", ["-e", "-c", script], {
    cwd,
    env: { ...process.env, NODE: process.execPath, MAIN: main, ...env },
    encoding: "utf8",
  });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
}

it.each(["job.yaml", "github.yaml"])("the guide shows templates/shards/%s", (name) => {
  const guide = readFileSync(join(repository, "docs/shards.md"), "utf8");
  expect(guide).toContain(`\`\`\`yaml\n${readFileSync(join(repository, "templates/shards", name), "utf8")}\`\`\`\n`);
});

it("the Indexed Job writes, in parts, the files of the proxies that one run writes", () => {
  const cwd = meshFolder();
  const { kind, spec } = template("job.yaml") as Job;
  expect([kind, spec.completionMode]).toEqual(["Job", "Indexed"]);
  // What is mounted at the root of the container is here where one works.
  const command = spec.template.spec.containers[0].args[0].replaceAll(/(?<=[ "])\/(?=bundle|compiled)/g, "./");
  expect(command).toContain(`/${spec.completions}"`);
  for (let i = 0; i < spec.completions; i++) shell(command, cwd, { JOB_COMPLETION_INDEX: String(i) });
  expect(meshlog(["compile", "bundle", "--kuma", "2.14.3", "--out", "whole"], { cwd }).code).toBe(0);

  const filesOf = (pattern: string): ReadonlyMap<string, string> =>
    new Map(
      globSync(pattern, { cwd })
        .sort()
        .map((path) => [path.split("/").slice(-2).join("/"), readFileSync(join(cwd, path), "utf8")]),
    );
  const whole = filesOf("whole/default/*.json");
  expect(whole.size).toBeGreaterThan(20);
  const parts = Array.from({ length: spec.completions }, (_, i) => filesOf(`compiled/${i}/default/*.json`));
  expect(parts.every(({ size }) => size > 0)).toBe(true);
  expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(whole.size);
  expect(new Map(parts.flatMap((part) => [...part]).sort())).toEqual(new Map([...whole].sort()));
});

it("the matrix of GitHub Actions puts together the lines that one run prints", () => {
  const cwd = meshFolder();
  const { compile, unite } = (template("github.yaml") as Workflow).jobs;
  const run = compile.steps.find((step) => step.run?.startsWith("meshlog"))?.run ?? "";
  for (const shard of compile.strategy?.matrix.shard ?? []) shell(run, cwd, { SHARD: String(shard) });
  for (const step of unite.steps) if (step.run !== undefined) shell(step.run, cwd, {});
  const { out } = meshlog(["compile", "mesh/", "--kuma", "2.14.3", "--jsonl"], { cwd });
  const [header, ...lines] = readFileSync(join(cwd, "mesh.jsonl"), "utf8").split(/(?<=\n)/);
  const [wantedHeader, ...wanted] = out.split(/(?<=\n)/);
  expect(header).toBe(wantedHeader);
  expect(wanted.length).toBeGreaterThan(20);
  expect(lines.sort()).toEqual(wanted.sort());
});
