import type { KumaOperatorFacts } from "./operator.ts";

/**
 * Kuma's operators, in the order in which Kuma replaces them. Source: `InterpolateKumaValues` in
 * `pkg/xds/envoy/listeners/v3/access_log_configurer.go` at 2.14.3; up to 2.5 `pkg/envoy/accesslog/v3/commands.go`.
 */
export const kuma: Readonly<Record<string, KumaOperatorFacts>> = {
  KUMA_SOURCE_ADDRESS: {
    summary: "Address of the proxy that sends, with port 0.",
    since: "2.0",
    example: "%KUMA_SOURCE_ADDRESS%",
    sample: "10.0.0.1:0",
    remarks: ["On an inbound it is the address of the receiving proxy itself (kuma#13635)."],
  },
  KUMA_SOURCE_ADDRESS_WITHOUT_PORT: {
    summary: "Address of the proxy that sends.",
    since: "2.0",
    example: "%KUMA_SOURCE_ADDRESS_WITHOUT_PORT%",
    sample: "10.0.0.1",
    remarks: ["On an inbound it is the address of the receiving proxy itself (kuma#13635)."],
  },
  KUMA_SOURCE_SERVICE: {
    summary: "Name of the service that sends.",
    since: "2.0",
    example: "%KUMA_SOURCE_SERVICE%",
    sample: "web",
    remarks: ["On an inbound it is always `unknown`, and on zone proxies too."],
  },
  KUMA_DESTINATION_SERVICE: {
    summary: "Name of the service that receives.",
    since: "2.0",
    example: "%KUMA_DESTINATION_SERVICE%",
    sample: "backend",
    remarks: ["Traffic passed through transparently goes to `external`; on zone proxies it is `unknown`."],
  },
  KUMA_MESH: {
    summary: "Name of the mesh.",
    since: "2.0",
    example: "%KUMA_MESH%",
    sample: "default",
  },
  KUMA_TRAFFIC_DIRECTION: {
    summary: "`INBOUND`, `OUTBOUND` or, on zone proxies, `UNSPECIFIED`.",
    since: "2.0",
    example: "%KUMA_TRAFFIC_DIRECTION%",
    sample: "OUTBOUND",
  },
  KUMA_ZONE: {
    summary: "Name of the zone that the proxy runs in.",
    since: "2.14",
    example: "%KUMA_ZONE%",
    sample: "east",
  },
  KUMA_WORKLOAD: {
    summary: "Name of the workload that the proxy belongs to.",
    since: "2.14",
    example: "%KUMA_WORKLOAD%",
    sample: "backend",
  },
};
