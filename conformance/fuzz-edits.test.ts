import { expect, it } from "vitest";
import { fuzzEdits } from "./fuzz-edits.ts";

it("after each of 500 random edits, the diagnostics are those of a fresh start on the same text", () => {
  const { failures, reported } = fuzzEdits(1, 500);
  expect(failures).toEqual([]);
  // A text that nothing is said of teaches nothing.
  expect(reported).toBeGreaterThan(250);
});
