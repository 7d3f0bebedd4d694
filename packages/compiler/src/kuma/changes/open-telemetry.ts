import type { Change } from "../change.ts";

/** What an OpenTelemetry logger says. */
export const openTelemetry: readonly Change[] = [
  {
    what: "Schema defaulting reads an OpenTelemetry body into float64 first: an integer above 2^53 loses digits.",
    landed: ["2.10.0"],
    sets: { openTelemetryNumbers: "float64" },
    source: "conformance/kuma/otel-vectors.json",
  },
  {
    what: "The OTLP descriptors know `stringValueStrindex`.",
    landed: ["2.9.15", "2.14.0"],
    sets: { hasStringIndex: true },
    source: "go.mod@v2.14.0 (go.opentelemetry.io/proto/otlp v1.10.0)",
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
];
