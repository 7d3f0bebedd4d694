import type { Change } from "../change.ts";

/** What a backend of a policy becomes. */
export const backends: readonly Change[] = [
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
  {
    what: "OpenTelemetry: log name and transport move out of `commonConfig`, resource attributes name mesh, zone and workload.",
    landed: ["2.14.0"],
    sets: { openTelemetryConfig: "top-level" },
    source: "meshaccesslog/plugin/xds/configurer.go:90@v2.14.3",
  },
  {
    what: "`%KUMA_…%` is replaced in OpenTelemetry attributes.",
    landed: ["2.14.0"],
    sets: { openTelemetryAttributes: "interpolated" },
    source: "meshaccesslog/plugin/xds/configurer.go:333@v2.14.3",
  },
  {
    what: "OpenTelemetry endpoints are read as the authority of a URL, so that IPv6 works.",
    landed: ["2.14.0"],
    sets: { openTelemetryEndpoint: "url" },
    source: "pkg/plugins/policies/core/xds/otel.go:336@v2.14.3",
  },
  {
    what: "`openTelemetry.endpoint` is deprecated in favour of `backendRef`.",
    landed: ["2.14.1"],
    sets: { deprecatesEndpoint: true },
    source: "meshaccesslog/api/v1alpha1/deprecated.go@v2.14.1",
  },
  {
    what: "Clusters of OpenTelemetry collectors time out after 5 s instead of 10 s.",
    landed: ["2.6.0"],
    sets: { clusterConnectTimeout: "5s" },
    source: "pkg/xds/envoy/clusters/v3/timeout_configurer.go:15@2.3.7",
  },
];
