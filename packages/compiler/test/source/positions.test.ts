import { expect, it } from "vitest";
import { indexLines, positionAt } from "../../src/source/positions.ts";

it.each([
  ["", "1:1"],
  ["a", "1:2"],
  ["a\n", "2:1"],
  ["a\r\nb", "2:2"],
  ["a\rb", "2:2"],
  ["a\r\n\r\n\n", "4:1"],
  ["😀", "1:3"],
  ["\u2028", "1:2"],
])("the end of %j is at %s", (text, expected) => {
  const { line, column } = positionAt(indexLines(text), text.length);
  expect(`${line}:${column}`).toBe(expected);
});
