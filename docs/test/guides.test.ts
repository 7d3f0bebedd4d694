import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codes } from "@meshlog/compiler";
import { kumaOperators, kumaReleases, operators } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { folderWith, meshlog } from "../../packages/compiler/test/cli/meshlog.ts";
import { blocks, bundleOf, commands, guides, guideText, withConsoles, writeGuide } from "./guide.ts";

const isRecording = process.env["RECORD"] === "true";

describe.each(guides)("the guide %s", (name) => {
  it("shows what its commands print, with the files that it shows", () => {
    const cwd = folderWith({});
    const bundle = bundleOf(guideText(name));
    if (bundle !== undefined)
      cpSync(join(import.meta.dirname, "../..", bundle), join(cwd, "mesh"), { recursive: true });
    const printed: string[] = [];
    for (const { language, content, file } of blocks(guideText(name))) {
      if (file !== undefined) {
        mkdirSync(join(cwd, dirname(file)), { recursive: true });
        writeFileSync(join(cwd, file), content);
      }
      if (language === "console")
        printed.push(
          commands(content)
            .map(({ line }) => run(line, cwd))
            .join(""),
        );
    }
    if (isRecording) writeGuide(name, withConsoles(guideText(name), printed));
    const shown = blocks(guideText(name)).filter(({ language }) => language === "console");
    expect(printed).toEqual(shown.map(({ content }) => content));
  });

  it("names commands and options that there are", () => {
    for (const { command, options } of calls(guideText(name))) {
      const { code, out } = meshlog([command, "--help"]);
      expect([command, code]).toEqual([command, 0]);
      for (const option of options) expect(out).toContain(option);
    }
  });

  it("names diagnostics, operators and releases that there are", () => {
    const text = guideText(name);
    const families = new Set(codes.map((code) => code.split("/")[0]));
    for (const [, family = "", rest = ""] of text.matchAll(/`(\w+)\/([a-z-]+)`/g)) {
      if (families.has(family)) expect(codes).toContain(`${family}/${rest}`);
    }
    for (const [, operator = ""] of text.matchAll(/`%([A-Z][A-Z0-9_]+)[%(:][^`]*`/g)) {
      expect(operators.has(operator) || kumaOperators.has(operator) ? "" : operator).toBe("");
    }
    for (const [release] of text.matchAll(/(?<![\d.])2\.\d+\.\d+(?![\d.])/g)) {
      expect(kumaReleases.map((known) => known.name)).toContain(release);
    }
  });
});

const samples = join(import.meta.dirname, "../samples");

it.each(readdirSync(samples).filter((name) => name.endsWith(".ts")))("the sample %s prints what is shown", (name) => {
  const { stdout, stderr } = spawnSync(process.execPath, ["--conditions=@meshlog/source", join(samples, name)], {
    encoding: "utf8",
  });
  const shown = join(samples, name.replace(/\.ts$/, ".txt"));
  if (isRecording) writeFileSync(shown, stdout);
  expect(stderr).toBe("");
  expect(stdout).toBe(readFileSync(shown, "utf8"));
});

/** What a command prints, as a guide shows it. */
function run(line: string, cwd: string): string {
  const [program, ...args] = line.split(" ");
  expect(program).toBe("meshlog");
  const { out, error } = meshlog(args, { cwd });
  return `$ ${line}\n${out}${error}`;
}

/** The calls of meshlog in the `sh` blocks of a guide, and in its text. */
function calls(text: string): readonly { readonly command: string; readonly options: readonly string[] }[] {
  const lines = [
    ...blocks(text)
      .filter(({ language }) => language === "sh")
      .flatMap(({ content }) => content.split(/\n|\|/)),
    ...Array.from(text.matchAll(/`([^`\n]*)`/g), ([, code = ""]) => code),
  ];
  return lines.flatMap((line) => {
    const [, command, rest = ""] = /(?:^|\s)meshlog ([a-z]+)\b(.*)/.exec(line) ?? [];
    if (command === undefined) return [];
    return [
      {
        command,
        options: Array.from(rest.replace(/#.*/, "").matchAll(/\s(--[a-z][a-z-]*)/g), ([, option = ""]) => option),
      },
    ];
  });
}
