import { expect, it } from "vitest";
import { fuzzReaders } from "./fuzz-readers.ts";

it("both YAML readers make the same trees of 3,000 random documents", () => {
  const { failures, compared } = fuzzReaders(1, 3000);
  expect(failures).toEqual([]);
  expect(compared).toBeGreaterThan(1000);
});
