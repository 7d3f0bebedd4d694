import { optional, type OperatorFacts } from "./operator.ts";

/** Points in time. */
export const times: Readonly<Record<string, OperatorFacts>> = {
  EMIT_TIME: {
    summary: "The moment the log line itself is produced, in UTC, with the same pattern language as START_TIME.",
    since: "1.29",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%EMIT_TIME(%s.%3f)%",
    sample: "1774740958.215",
    changes: {
      "1.32":
        "%E#S, %E*S, %E#f, %E*f and %*f render real sub-second digits (before, absl patterns saw a time truncated to whole seconds)",
    },
  },
  EMIT_TIME_LOCAL: {
    summary: "EMIT_TIME rendered in the local time zone.",
    since: "1.32",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%EMIT_TIME_LOCAL(%T)%",
    sample: "01:35:58",
  },
  START_TIME: {
    summary:
      "When the request (HTTP) or the connection/session (TCP, UDP) began, in UTC; default ISO-8601 with milliseconds, or any absl::FormatTime pattern.",
    since: "1.22",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp", "thrift"],
    result: "string",
    example: "%START_TIME(%Y-%m-%dT%H:%M:%S.%3fZ)%",
    sample: "2026-03-28T23:35:58.000Z",
    changes: {
      "1.32":
        "%E#S, %E*S, %E#f, %E*f and %*f render real sub-second digits (before, absl patterns saw a time truncated to whole seconds)",
    },
  },
  START_TIME_LOCAL: {
    summary: "START_TIME rendered in the proxy process's local time zone (default pattern ends with a numeric offset).",
    since: "1.32",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%START_TIME_LOCAL(%Y-%m-%dT%H:%M:%S%z)%",
    sample: "2026-03-29T01:35:58+0200",
  },
};
