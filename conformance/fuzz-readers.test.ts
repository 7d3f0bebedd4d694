import { expect, it } from "vitest";
import { fuzzReaders } from "./fuzz-readers.ts";

it("the YAML readers make the same trees of 4,000 random documents", () => {
  const { failures, compared, blocks, repetitions } = fuzzReaders(1, 4000);
  expect(failures).toEqual([]);
  expect(compared).toBeGreaterThan(1000);
  expect(blocks).toBeGreaterThan(300);
  expect(repetitions).toBeGreaterThan(300);
});
