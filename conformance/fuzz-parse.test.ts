import { expect, it } from "vitest";
import { fuzzParse } from "./fuzz-parse.ts";

it("10,000 random texts are read to the last character and printed back, and what is said lies within them", () => {
  const { failures, length } = fuzzParse(1, 10_000);
  expect(failures).toEqual([]);
  expect(length).toBeGreaterThan(100_000);
});
