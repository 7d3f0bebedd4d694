import { expect, test } from "vitest";
import { checkRegex } from "../src/cel/regex.ts";

/** Measured on 1.38.2, 1.39.3 and 1.40.0, as patterns of `matches` in CEL. */
test.each([
  ["a".repeat(96), undefined],
  ["a".repeat(97), "too large"],
  [".{12}", undefined],
  [".{13}", "too large"],
  [String.raw`\w{30}`, undefined],
  [String.raw`\D{10}`, undefined],
  [String.raw`\p{L}+`, "too large"],
  [String.raw`\p{Greek}`, undefined],
  [String.raw`\_`, undefined],
  ["[a-zA-Z0-9._%-]+@[a-zA-Z0-9.-]+", undefined],
  ["^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$", undefined],
  ["(?<n>a)", undefined],
  ["a{,5}", undefined],
  ["{", undefined],
  ["(", "missing ): ("],
  ["[", "missing ]: ["],
  ["a**", "bad repetition operator: **"],
  ["(a{50}){50}", "invalid repetition size: {50}"],
  [String.raw`\1`, String.raw`invalid escape sequence: \1`],
])("%j: %s", (pattern, fault) => {
  expect(checkRegex(pattern)).toBe(fault);
});
