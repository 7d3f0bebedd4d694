import type { Change } from "../change.ts";

/** How a proxy is generated. */
export const generation: readonly Change[] = [
  {
    what: "Policies are applied by a generator of the proxy's profile, and an error names both.",
    landed: ["2.6.0"],
    sets: { generationErrors: "with-generator" },
    source: "pkg/plugins/policies/core/generator/generator.go:24@2.6.0",
  },
];
