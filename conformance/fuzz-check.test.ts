import { expect, it } from "vitest";
import { fuzzCheck } from "./fuzz-check.ts";

it("check neither throws nor points outside of the file on 2,000 broken policies", async () => {
  const { failures, reported } = await fuzzCheck(1, 2000);
  expect(failures).toEqual([]);
  // A policy that nothing is said of teaches nothing.
  expect(reported).toBeGreaterThan(1000);
});
