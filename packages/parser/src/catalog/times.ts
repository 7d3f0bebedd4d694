import { optional, type OperatorFacts } from "./operator.ts";

/** Points in time. */
export const times: Readonly<Record<string, OperatorFacts>> = {
  EMIT_TIME: {
    summary: "When this line of the log is written, in UTC; written as START_TIME is.",
    since: "1.29",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%EMIT_TIME(%s.%3f)%",
    sample: "1774740958.215",
    changes: {
      "1.32":
        "`%E3S`, `%E*S`, `%E3f`, `%E*f` and `%*f` print the fraction that there is; before, the time library was handed whole seconds",
    },
  },
  EMIT_TIME_LOCAL: {
    summary: "When this line of the log is written, in the time zone of the process.",
    since: "1.32",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%EMIT_TIME_LOCAL(%T)%",
    sample: "01:35:58",
  },
  START_TIME: {
    summary:
      "When the request, or outside HTTP the connection, began, in UTC: in ISO 8601 with milliseconds, or by a pattern.",
    since: "1.22",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp", "thrift"],
    result: "string",
    example: "%START_TIME(%Y-%m-%dT%H:%M:%S.%3fZ)%",
    sample: "2026-03-28T23:35:58.000Z",
    changes: {
      "1.32":
        "`%E3S`, `%E*S`, `%E3f`, `%E*f` and `%*f` print the fraction that there is; before, the time library was handed whole seconds",
    },
  },
  START_TIME_LOCAL: {
    summary: "When it began, in the time zone of the process, whose offset is part of it unless a pattern is given.",
    since: "1.32",
    argument: optional("time"),
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%START_TIME_LOCAL(%Y-%m-%dT%H:%M:%S%z)%",
    sample: "2026-03-29T01:35:58+0200",
  },
};
