import { describe, expect, it } from "vitest";
import { codePage } from "../../src/explain/code-page.ts";
import { codeText, familyText } from "../../src/explain/code-text.ts";
import { releaseRanges } from "../../src/explain/release-ranges.ts";
import { type AnyCode, codes, codesOf, nearestCodes, rowOf } from "../../src/explain/table.ts";

describe("the whole page of a diagnostic", () => {
  it.each<AnyCode>([
    "format/header-name",
    "format/more",
    "generate/backend",
    "io/malformed-range",
    "lint/crashes-later",
    "lint/protocol",
  ])("%s", async (code) => {
    await expect(codeText(codePage(code, "https://docs.example/"))).toMatchFileSnapshot(
      `pages/${code.replace("/", "-")}.txt`,
    );
  });
});

it("every diagnostic says more than its message", () => {
  expect(codes.filter((code) => rowOf(code).help === "")).toEqual([]);
});

it("a family lists its codes, one a line", () => {
  expect(
    familyText(codesOf("generate"))
      .split("\n")
      .map((line) => line.slice(0, 29)),
  ).toEqual([
    "generate/backend        error",
    "generate/endpoint       error",
    "generate/format         error",
    "generate/format-member  error",
    "",
  ]);
});

it("every code is of a family that can be listed", () => {
  const families = ["format", "generate", "io", "lint", "migrate", "policy"];
  expect(families.flatMap((family) => codesOf(family))).toEqual(codes);
});

it.each([
  ["lint/endpont", "lint/endpoint"],
  ["endpoint", "generate/endpoint"],
  ["format/unknown-operater", "format/unknown-operator"],
  ["FORMAT/STRAY-PERCENT", "format/stray-percent"],
])("the nearest of %s is %s", (text, nearest) => {
  expect(nearestCodes(text)[0]).toBe(nearest);
});

describe("releases are written as ranges", () => {
  const names = ["1.0.0", "1.0.1", "1.1.0", "1.1.1", "1.1.2", "1.2.0", "main"];
  const releases = names.map((name) => ({ name, line: name.replace(/\.\d+$/, "") }));
  it.each([
    ["", []],
    ["all", names],
    ["1.1", ["1.1.0", "1.1.1", "1.1.2"]],
    ["1.1.1", ["1.1.1"]],
    ["1.1.1 to 1.1.2", ["1.1.1", "1.1.2"]],
    ["1.2", ["1.2.0"]],
    ["main", ["main"]],
    ["up to 1.1.0", ["1.0.0", "1.0.1", "1.1.0"]],
    ["from 1.1 on", ["1.1.0", "1.1.1", "1.1.2", "1.2.0", "main"]],
    ["1.0, 1.1.1 to 1.2", ["1.0.0", "1.0.1", "1.1.1", "1.1.2", "1.2.0"]],
    ["1.0.1, from 1.2 on", ["1.0.1", "1.2.0", "main"]],
  ])("%s", (text, some) => {
    expect(releaseRanges(releases, new Set(some))).toBe(text);
  });
});
