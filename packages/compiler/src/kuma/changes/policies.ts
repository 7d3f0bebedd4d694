import type { Change } from "../change.ts";

/** Which parts of a policy a release reads, as far as what is in them is judged beyond Kuma's own checks. */
export const policies: readonly Change[] = [
  {
    what: "OpenTelemetry is a third kind of backend.",
    landed: ["2.2.0"],
    sets: { hasOpenTelemetry: true },
    source: "meshaccesslog/plugin/xds/configurer.go:106@2.2.9",
  },
  {
    what: "OpenTelemetry loggers have a body: the default format, or what `body` says.",
    landed: ["2.4.0"],
    sets: { openTelemetryBody: "any-value" },
    source: "meshaccesslog/plugin/xds/configurer.go:286@2.4.10",
  },
  {
    what: "A policy on MeshGatewayRoute is no longer accepted; it never selected a proxy.",
    landed: ["2.3.0"],
    sets: { hasGatewayRoutes: false },
    source: "meshaccesslog/api/v1alpha1/validator.go:25@2.3.7",
  },
  {
    what: "`rules` say what is logged on inbounds.",
    landed: ["2.10.0"],
    sets: { itemLists: ["to", "from", "rules"], checksRules: "beside-from" },
    source: "meshaccesslog/api/v1alpha1/validator.go:31@v2.10.11",
  },
  {
    what: "What is in `rules` is checked whether or not the policy has `from`.",
    landed: ["2.14.0"],
    sets: { checksRules: "always" },
    source: "meshaccesslog/api/v1alpha1/validator.go:31@v2.14.3",
  },
  {
    what: "`from` is gone.",
    landed: ["main"],
    sets: { itemLists: ["to", "rules"] },
    source: "UPGRADE.md:1050@main",
  },
  {
    what: "TrafficLog and the logging of a Mesh are passed over.",
    landed: ["main"],
    sets: { hasTrafficLog: false },
    source: "UPGRADE.md@main",
  },
  {
    what: "A record that a TCP backend gets ends in one line break instead of two.",
    landed: ["2.11.0"],
    sets: { tcpLineBreaks: 1 },
    source: "kuma#13583",
  },
  {
    what: "A MeshHTTPRoute has loggers of its own.",
    landed: ["2.11.0"],
    sets: { routeLoggers: "exact" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:324@v2.11.18",
  },
  {
    what: "A route may be named with the number of its rule, and its policy is then not found.",
    landed: ["2.12.0"],
    sets: { routeLoggers: "exact-with-sections" },
    source: "pkg/core/kri/kri.go:95@v2.12.14",
  },
  {
    what: "A policy on a whole MeshHTTPRoute applies to its rules under unified resource names too.",
    landed: ["2.12.14", "2.13.10", "2.14.2"],
    sets: { routeLoggers: "exact-or-whole" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:603@v2.14.3",
  },
];
