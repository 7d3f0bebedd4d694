import { defineConfig } from "vitest/config";

const source = ["@meshlog/source"];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "conformance/**/*.test.ts",
      "docs/test/**/*.test.ts",
      "examples/**/*.test.ts",
      "scripts/**/*.test.ts",
    ],
    // For the threads that a test starts.
    execArgv: source.map((condition) => `--conditions=${condition}`),
    // Live suites need a real Envoy; `.ci/run` runs them.
    exclude: ["**/node_modules/**", "**/*.live.test.ts"],
    testTimeout: 30_000,
  },
});
