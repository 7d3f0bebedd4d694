import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { envoyTypes, envoyTypesFile } from "./envoy-types.ts";

test("the committed types are those of the committed descriptors (else run scripts/generate-envoy-types.ts)", async () => {
  expect(readFileSync(envoyTypesFile, "utf8")).toBe(await envoyTypes());
});
