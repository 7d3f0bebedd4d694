import type { Change } from "../change.ts";

/** What a backend of a policy becomes. */
export const backends: readonly Change[] = [
  {
    what: "The first body of tcp and file counts, and a backend without one fails the proxy.",
    landed: ["2.1.0"],
    sets: { backendBody: "first" },
    source: "meshaccesslog/plugin/v1alpha1/configurer.go:62@2.1.7",
  },
  {
    what: "Every body that a backend has is applied to the same logger; the last of tcp, file, openTelemetry stays.",
    landed: ["2.11.0"],
    sets: { backendBody: "last" },
    source: "meshaccesslog/plugin/xds/configurer.go:40@v2.11.18",
  },
  {
    what: "The body that `type` names counts.",
    landed: ["2.14.0"],
    sets: { backendBody: "by-type" },
    source: "meshaccesslog/plugin/xds/configurer.go:82@v2.14.3",
  },
];
