import type { Change } from "../change.ts";

/** How `%KUMA_…%` becomes a value. */
export const operators: readonly Change[] = [
  {
    what: "Kuma's own parser of formats is gone: `%KUMA_…%` is replaced as text, and all else is left to Envoy.",
    landed: ["2.6.0"],
    sets: { formatReading: "replaced" },
    source: "pkg/xds/envoy/listeners/v3/access_log_configurer.go:49@2.6.15",
  },
  {
    what: "`%KUMA_ZONE%` and `%KUMA_WORKLOAD%`.",
    landed: ["2.14.0"],
    sets: { hasWorkloadOperators: true },
    source: "pkg/xds/envoy/listeners/v3/access_log_configurer.go:26@v2.14.3",
  },
  {
    what: "The source address is `networking.address`, whatever address is advertised.",
    landed: ["main"],
    sets: { sourceAddress: "own" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:152@main",
  },
];
