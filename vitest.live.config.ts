import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The suites that need a real Envoy (`pnpm envoy`). A missing Envoy is a failure: these are the proofs. */
export default defineConfig({
  ...base,
  test: {
    include: ["**/*.live.test.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 120_000,
  },
});
