import { expect, it } from "vitest";
import { fuzzMessages } from "./fuzz-messages.ts";

it("the language server answers every request of 3,000 random messages, and ends with its client", async () => {
  const { failures, conversations, requests } = await fuzzMessages(1, 3000);
  expect(failures).toEqual([]);
  // So that some are with the program.
  expect(conversations).toBeGreaterThan(50);
  expect(requests).toBeGreaterThan(1000);
});
