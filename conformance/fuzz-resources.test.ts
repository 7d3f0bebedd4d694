import { expect, it } from "vitest";
import { fuzzResources } from "./fuzz-resources.ts";

it("check and compile take 1,000 broken resources, and say the same whatever the order of their files", () => {
  const { failures, diagnostics, proxies } = fuzzResources(1, 1000);
  expect(failures).toEqual([]);
  expect(diagnostics).toBeGreaterThan(500);
  expect(proxies).toBeGreaterThan(100);
});
