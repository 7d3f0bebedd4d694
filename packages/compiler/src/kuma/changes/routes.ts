import type { Change } from "../change.ts";

/** Loggers of a MeshHTTPRoute. */
export const routes: readonly Change[] = [
  {
    what: "A MeshHTTPRoute has loggers of its own, told apart from those of its listener by a metadata filter.",
    landed: ["2.11.0"],
    sets: { routeLoggers: "exact" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:324@v2.11.18",
  },
  {
    what: "A route may carry the number of its rule as a section: `kri_mhttpr_…_rule_0`.",
    landed: ["2.12.0"],
    sets: { routeNames: "with-sections" },
    source: "pkg/core/kri/kri.go:95@v2.12.14",
  },
  {
    what: "A policy on a whole MeshHTTPRoute applies to its rules under unified resource names too.",
    landed: ["2.12.14", "2.13.10", "2.14.2"],
    sets: { routeLoggers: "exact-or-whole" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:603@v2.14.3",
  },
];
