import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { guideText } from "./guide.ts";

const packages = join(import.meta.dirname, "../../packages");

/** What a constant of a source is, written as in the guide: `1 << 20` as 1,048,576. */
function constant(file: string, pattern: RegExp): string {
  const [, written = ""] = pattern.exec(readFileSync(join(packages, file), "utf8")) ?? [];
  const [number = 0, shift = 0] = written.replaceAll("_", "").split("<<").map(Number);
  return (number * 2 ** shift).toLocaleString("en-US");
}

it.each([
  ["Maps and lists in one another", "compiler/src/source/tree-builder.ts", /const maxDepth = (.+);/, ""],
  ["Text of a raw JSON body", "compiler/src/validate/raw-json.ts", /const longest = (.+);/, " characters"],
  ["A CEL expression", "parser/src/cel/parser.ts", /const longest = (.+);/, " code points"],
  ["Nesting of a CEL expression", "parser/src/cel/parser.ts", /const deepest = (.+);/, ""],
  ["A text of input in a message", "compiler/src/cli/reporters/printable.ts", /const longest = (.+);/, " characters"],
  ["YAML and JSON files of a workspace", "lsp/src/workspace/workspace.ts", /{ files: ([^,]+)/, ""],
  ["Size of one of them", "lsp/src/workspace/workspace.ts", /fileSize: (1[^,]*),/, " bytes"],
  ["Text of all files", "lsp/src/workspace/workspace.ts", /text: (1[^ ]* << \d+)/, " characters"],
  ["Size of `meshlog.config.yaml`", "lsp/src/workspace/configurations.ts", /const limit = (.+);/, " bytes"],
  ["How long other messages wait", "lsp/src/slices.ts", /const slice = (.+);/, " ms"],
])("the guide tells the limit: %s", (what, file, pattern, unit) => {
  const row = guideText("limits.md")
    .split("\n")
    .find((line) => line.startsWith(`| ${what}`));
  expect(row).toMatch(new RegExp(`\\| ${constant(file, pattern)}${unit}[ ,]`));
});

it("SECURITY.md names the guide", () => {
  expect(readFileSync(join(packages, "../SECURITY.md"), "utf8")).toContain("(docs/limits.md)");
});
