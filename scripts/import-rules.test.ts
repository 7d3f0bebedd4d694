import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";
// @ts-expect-error -- the configuration is JavaScript
import config from "../eslint.config.js";

/** The rules about imports alone: they need no types, so a text that is in no project can be judged. */
const rules = (config as readonly Linter.Config[]).filter(({ name = "" }) => name.startsWith("meshlog/"));
const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [...rules], cwd: `${import.meta.dirname}/..` });

async function complaints(filePath: string, specifier: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`import ${JSON.stringify(specifier)};\n`, { filePath });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

describe("lint says no to an import", () => {
  it.each([
    ["against the order of the stages", "packages/compiler/src/source/load.ts", "../emit/text.ts"],
    ["of a later stage from a test of nothing else", "packages/compiler/src/match/order.ts", "../lower/link.ts"],
    ["from kuma/, which imports no stage", "packages/compiler/src/kuma/profile.ts", "../validate/policy.ts"],
    ["of the command line", "packages/compiler/src/emit/text.ts", "../cli/main.ts"],
    ["of the whole pipeline from a stage", "packages/compiler/src/lower/link.ts", "../compile.ts"],
    ["of Node from a stage", "packages/compiler/src/source/load.ts", "node:fs"],
    ["of Node from the parser", "packages/parser/src/parse.ts", "node:fs"],
    ["of YAML from the parser", "packages/parser/src/parse.ts", "yaml"],
    ["of Node by its old name", "packages/compiler/src/lower/link.ts", "fs"],
    ["of Node from the pipeline itself", "packages/compiler/src/compile.ts", "node:fs"],
    ["of the package from within", "packages/compiler/src/lower/link.ts", "../index.ts"],
    ["of the package by its name", "packages/compiler/src/lower/link.ts", "@meshlog/compiler"],
    ["of LSP from a stage", "packages/compiler/src/lower/link.ts", "vscode-languageserver"],
    ["of LSP from the pipeline itself", "packages/compiler/src/check.ts", "@meshlog/lsp"],
    ["of LSP from the command line", "packages/compiler/src/cli/main.ts", "vscode-languageserver"],
  ])("%s", async (_, file, specifier) => {
    expect(await complaints(file, specifier)).toEqual(["no-restricted-imports"]);
  });
});

describe("lint lets through an import", () => {
  it.each([
    ["of an earlier stage", "packages/compiler/src/emit/emit-proxy.ts", "../lower/link.ts"],
    ["within a stage", "packages/compiler/src/lower/link.ts", "./template.ts"],
    ["of kuma/ from any stage", "packages/compiler/src/source/load.ts", "../kuma/profile.ts"],
    ["of Node from the command line", "packages/compiler/src/cli/main.ts", "node:fs"],
  ])("%s", async (_, file, specifier) => {
    expect(await complaints(file, specifier)).toEqual([]);
  });
});
