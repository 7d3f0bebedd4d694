import { expect, it } from "vitest";
import { fuzzArguments } from "./fuzz-arguments.ts";

it("the command line ends 1,000 random lists of arguments with a code of its own, and writes where it is told to", async () => {
  const { failures, codes } = await fuzzArguments(1, 1000);
  expect(failures).toEqual([]);
  // Lists that are all refused teach little.
  expect(codes[0]).toBeGreaterThan(100);
  expect(codes[1]).toBeGreaterThan(3);
});
