import type { Change } from "../change.ts";

/** The clusters that OpenTelemetry loggers send to. */
export const clusters: readonly Change[] = [
  {
    what: "Clusters of OpenTelemetry collectors time out after 5 s instead of 10 s.",
    landed: ["2.6.0"],
    sets: { clusterConnectTimeout: "5s" },
    source: "pkg/xds/envoy/clusters/v3/timeout_configurer.go:15@2.3.7",
  },
  {
    what: "An endpoint is numbered as soon as a listener is configured for it, whether or not a filter chain carries the logger.",
    landed: ["2.11.0"],
    sets: { clusterNumbering: "configured" },
    source: "pkg/envoy/builders/listener/listener.go:17@v2.14.3",
  },
  {
    what: "Clusters are named after their endpoint where unified resource names are on.",
    landed: ["2.12.0"],
    sets: { clusterNames: "unified-on-request" },
    source: "meshaccesslog/plugin/xds/configurer.go:95@v2.12.14",
  },
  {
    what: "Clusters are always named after their endpoint.",
    landed: ["main"],
    sets: { clusterNames: "unified" },
    source: "meshaccesslog/plugin/xds/configurer.go@main",
  },
  {
    what: "Every cluster tracks what remains of its circuit breakers: the plugin MeshCircuitBreaker comes after.",
    landed: ["2.14.0"],
    sets: { clustersTrackRemaining: true },
    source: "meshcircuitbreaker/plugin/v1alpha1/plugin.go:55@v2.14.0",
  },
];
