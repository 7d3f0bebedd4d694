/** What differs between releases in how a conf becomes access loggers. */
export interface LoggerFacts {
  /** How a logger without a format gets one: from the filter that carries it, or from the traffic's protocol. */
  readonly defaultFormat: "by-filter" | "by-protocol";
  /** What stands for the default format on passthrough and direct-access listeners. */
  readonly passthroughDefault: "network-format" | "the-word-tcp";
  /** Whether Kuma reads a format with a parser of its own and writes it anew, or replaces its operators as text. */
  readonly formatReading: "parsed" | "replaced";
  /** Whether there are `%KUMA_ZONE%` and `%KUMA_WORKLOAD%`. */
  readonly hasWorkloadOperators: boolean;
  /** Which member of a format counts. The first release has no `omitEmptyValues`. */
  readonly formatMember: "json-unless-empty" | "plain-first";
  /**
   * Which of several bodies of a backend counts: file before tcp; the first of tcp, file, openTelemetry; the last; or
   * the one that `type` names.
   */
  readonly backendBody: "file-then-tcp" | "first" | "last" | "by-type";
  /** Whether an OpenTelemetry logger carries its transport and log name itself or in `commonConfig`. */
  readonly openTelemetryConfig: "common-config" | "top-level";
  /** Whether the integers of an OpenTelemetry body have gone through float64. */
  readonly openTelemetryNumbers: "as-written" | "float64";
  /** Whether an OpenTelemetry body may be a `stringValueStrindex`. */
  readonly hasStringIndex: boolean;
  /** Whether `%KUMA_…%` is replaced in OpenTelemetry attributes, key and value. */
  readonly openTelemetryAttributes: "verbatim" | "interpolated";
  /** How an OpenTelemetry endpoint is taken apart: at its colons, or as the authority of a URL. */
  readonly openTelemetryEndpoint: "split" | "url";
  /** Connect timeout of the clusters that access logs need, as protobuf JSON writes a duration. */
  readonly clusterConnectTimeout: string;
  readonly clustersTrackRemaining: boolean;
  /** Whether an endpoint is numbered once a filter chain carries its logger, or once a listener is configured for it. */
  readonly clusterNumbering: "carried" | "configured";
  /** Whether clusters are numbered or named after their endpoint; where it is on request, the proxy and its mesh decide. */
  readonly clusterNames: "numbered" | "unified-on-request" | "unified";
  /** Where the socket for the records of TCP loggers is. */
  readonly accessLogSocket: "in-temporary-directory" | "reported" | "in-work-directory";
  /** Which address of a Dataplane is `%KUMA_SOURCE_ADDRESS%`. */
  readonly sourceAddress: "advertised" | "own";
  /** Whether a MeshHTTPRoute has loggers of its own, and whether a policy on it must name the very rule of the route. */
  readonly routeLoggers: "none" | "exact" | "exact-or-whole";
  /** Whether the name of a route is an identifier with exactly seven parts, or may go on. */
  readonly routeNames: "seven-parts" | "with-sections";
  /** Whether the error of a proxy names the generator in which the policies are applied. */
  readonly generationErrors: "plain" | "with-generator";
}

export const oldestLoggers: LoggerFacts = {
  defaultFormat: "by-filter",
  passthroughDefault: "network-format",
  formatReading: "parsed",
  hasWorkloadOperators: false,
  formatMember: "json-unless-empty",
  backendBody: "file-then-tcp",
  openTelemetryConfig: "common-config",
  openTelemetryNumbers: "as-written",
  hasStringIndex: false,
  openTelemetryAttributes: "verbatim",
  openTelemetryEndpoint: "split",
  clusterConnectTimeout: "10s",
  clustersTrackRemaining: false,
  clusterNumbering: "carried",
  clusterNames: "numbered",
  accessLogSocket: "in-temporary-directory",
  sourceAddress: "advertised",
  routeLoggers: "none",
  routeNames: "seven-parts",
  generationErrors: "plain",
};
