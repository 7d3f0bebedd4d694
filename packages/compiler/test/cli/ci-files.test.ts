import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { ciFile, ciKinds } from "../../src/cli/init/ci-files.ts";
import { folderWith } from "./meshlog.ts";

const repository = join(import.meta.dirname, "../../../..");
const textOf = (path: string): string => readFileSync(join(repository, path), "utf8");
const { version } = JSON.parse(textOf("packages/compiler/package.json")) as { readonly version: string };
const main = join(repository, "packages/compiler/src/cli/main.ts");

const policy = (format: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default:\n        backends: [{ type: File, file: { path: /log, format: { type: Plain, plain: "${format}" } } }]\n`;

/** A folder with files, and a program npx that runs this meshlog, whatever package is asked for. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const npx = `#!/bin/sh\necho "$*" >> "$CALLS"\nwhile [ "$1" != meshlog ]; do shift; done\nshift\nexec "${process.execPath}" --conditions=@meshlog/source "${main}" "$@"\n`;
  return folderWith({ ...files, "bin/npx": npx, calls: "" });
}

/** Runs a script in a folder as CI does: bash, which ends at the first failure. */
function run(script: string, cwd: string, env: NodeJS.ProcessEnv = {}) {
  const path = `${cwd}/bin:${process.env["PATH"] ?? ""}`;
  spawnSync("chmod", ["+x", join(cwd, "bin/npx")]);
  return spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: path, CALLS: `${cwd}/calls`, NO_COLOR: "1", ...env },
  });
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

describe("action.yml", () => {
  const action = parse(textOf("action.yml")) as Action;
  const step = action.runs.steps.find((one) => one.run !== undefined);

  /** What the step does with inputs, the others as they are by default. */
  function act(inputs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) {
    const cwd = folderOf(files);
    const env = Object.entries(step?.env ?? {}).map(([name, value]) => {
      const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      return [name, inputs[input] ?? action.inputs[input]?.default ?? "no such input"] as const;
    });
    const { status, stdout, stderr } = run(step?.run ?? "", cwd, { ...Object.fromEntries<string>(env), GITHUB_OUTPUT: `${cwd}/output` }); // prettier-ignore
    return { cwd, status, stdout, stderr, output: readFileSync(`${cwd}/output`, "utf8"), calls: readFileSync(`${cwd}/calls`, "utf8") }; // prettier-ignore
  }

  it("annotates, fails, and says so", () => {
    const { status, stdout, output, calls } = act({ paths: "p" }, { "p/a.yaml": policy("%PROTCOL%") });
    expect(stdout).toMatch(/^::error file=p\/a\.yaml,line=7,/);
    expect({ status, output }).toEqual({ status: 1, output: "exit-code=1\n" });
    expect(calls).toBe(`--yes --package @meshlog/compiler@${version} meshlog check --format github -- p\n`);
  });

  it("heeds its inputs, and writes SARIF", () => {
    const inputs = { paths: "a b.yaml\n\n$(touch x)\n", kuma: "2.13", "max-warnings": "0", "sarif-file": "out.sarif" };
    const files = { "a b.yaml": policy("word"), "$(touch x)": policy("%KUMA_ZONE%").replace("name: a", "name: b") };
    const { cwd, status, output } = act(inputs, files);
    expect({ status, output }).toEqual({ status: 1, output: "sarif-file=out.sarif\nexit-code=1\n" });
    const { runs } = JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8")) as { readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[] }; // prettier-ignore
    expect(runs[0]?.results.map(({ ruleId }) => ruleId).sort()).toEqual(["format/unreplaced-kuma-operator", "lint/constant-format"]); // prettier-ignore
    expect(existsSync(join(cwd, "x"))).toBe(false);
  });

  it("passes where there is nothing to say, and tells a wrong call from a finding", () => {
    expect(act({}, { "a.yaml": policy("%PROTOCOL%") })).toMatchObject({ status: 0, output: "exit-code=0\n" });
    expect(act({ paths: "none" }, {})).toMatchObject({ status: 2, output: "exit-code=2\n" });
  });

  it("is of this version, and its outputs are those of its step", () => {
    expect(action.inputs["version"]?.default).toBe(version);
    const written = [...(step?.run ?? "").matchAll(/echo "([\w-]+)=/g)].map(([, name]) => name);
    expect(written.sort()).toEqual(Object.keys(action.outputs).sort());
  });
});

describe("what init writes for CI", () => {
  it.each(ciKinds)("%s is what the guide shows, in its last letter", (kind) => {
    const { path, text } = ciFile(kind, version);
    expect(textOf("docs/ci.md")).toContain(`\`${path}\`:\n\n\`\`\`yaml\n${text}\`\`\`\n`);
  });

  it.each(["github", "gitlab"] as const)("%s finds what is wrong", (kind) => {
    const document = parse(ciFile(kind, version).text) as {
      readonly jobs?: { readonly check: { readonly steps: readonly { readonly run?: string }[] } };
      readonly meshlog?: { readonly script: readonly string[] };
    };
    const script = [
      ...(document.jobs?.check.steps.flatMap((step) => step.run ?? []) ?? []),
      ...(document.meshlog?.script ?? []),
    ].join("\n");
    expect(run(script, folderOf({ "policies/a.yaml": policy("%PROTOCOL%") })).status).toBe(0);
    expect(run(script, folderOf({ "policies/a.yaml": policy("%PROTCOL%") })).status).toBe(1);
  });
});

it("the hooks of pre-commit check and lay out the files that they are given", () => {
  const hooks = parse(textOf(".pre-commit-hooks.yaml")) as readonly { readonly id: string; readonly entry: string }[];
  const cwd = folderOf({ "a.yaml": policy("%PROTCOL%").replace("spec:", "spec:  ") });
  expect(hooks.map(({ id, entry }) => [id, run(`${entry} a.yaml`, cwd).status])).toEqual([
    ["meshlog-check", 1],
    ["meshlog-fmt", 0],
  ]);
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toContain("spec:\n");
  expect(readFileSync(join(cwd, "calls"), "utf8")).toContain(`@meshlog/compiler@${version} `);
});

it("the template of GitLab is what init writes, with inputs", () => {
  const [head, template] = parseAllDocuments(textOf("templates/gitlab-ci.yml")).map((one) => one.toJS() as Record<string, unknown>); // prettier-ignore
  const { inputs } = head?.["spec"] as { readonly inputs: Readonly<Record<string, { readonly default: string }>> };
  const filled = JSON.stringify(template).replace(
    /\$\[\[ inputs\.(\w+) \]\]/g,
    (_, name: string) => inputs[name]?.default ?? "no such input",
  );
  const { meshlog } = parse(ciFile("gitlab", version).text) as { readonly meshlog: object };
  expect(JSON.parse(filled)).toEqual({ meshlog: { stage: "test", ...meshlog } });
});

/** `pnpm test` builds first. */
const isBuilt = existsSync(join(repository, "packages/compiler/dist/cli/chunks"));

it.runIf(isBuilt)("what the container holds runs in an empty folder", () => {
  const copies = [...textOf("Dockerfile").matchAll(/^COPY --from=build (.*) (\S+)$/gm)];
  const cwd = folderWith({ "policies/a.yaml": policy("%PROTCOL%").replace("spec:", "spec:  ") });
  for (const [, sources = "", target = ""] of copies) {
    for (const source of sources.split(" ")) {
      const place = join(cwd, target, target.endsWith("/") ? basename(source) : "");
      mkdirSync(join(place, ".."), { recursive: true });
      cpSync(source.replace("/src", repository), place, { recursive: true });
    }
  }
  const [, entry = "[]"] = /^ENTRYPOINT (.*)$/m.exec(textOf("Dockerfile")) ?? [];
  const [, program = ""] = JSON.parse(entry) as readonly string[];
  const meshlog = (...args: string[]) => spawnSync(process.execPath, [join(cwd, program), ...args], { cwd, encoding: "utf8" }); // prettier-ignore
  expect(meshlog("--version").stdout).toBe(`${version}\n`);
  expect(meshlog("check", "--format", "compact", "policies")).toMatchObject({ status: 1 });
  expect(meshlog("fmt", "policies")).toMatchObject({ status: 0, stderr: "Formatted policies/a.yaml\n" });
});
