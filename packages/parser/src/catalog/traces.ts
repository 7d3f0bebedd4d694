import { missing, type OperatorFacts } from "./operator.ts";

/** Identifiers of the request, for tracing. */
export const traces: Readonly<Record<string, OperatorFacts>> = {
  SPAN_ID: {
    summary: "Span id of the active downstream span; null when the tracer does not expose it.",
    since: "1.38",
    protocols: ["http"],
    result: "string",
    absent: missing("the request is not traced, or its tracer does not tell"),
    example: "%SPAN_ID%",
    sample: "a1b2c3d4e5f60718",
    remarks: ['Documentation says empty string when there is no span id; the source yields null, printed "-".'],
  },
  STREAM_ID: {
    summary: "Identifier of the stream (equals x-request-id for HTTP).",
    since: "1.25",
    protocols: ["http", "tcp", "udp"],
    result: "string",
    absent: missing("there is no stream"),
    example: "%STREAM_ID%",
    sample: "ffffffff-0012-0110-00ff-0c00400600ff",
  },
  TRACE_ID: {
    summary: "Trace id of the active span; null when not traced.",
    since: "1.31",
    protocols: ["http"],
    result: "string",
    absent: missing("the request is not traced"),
    example: "%TRACE_ID%",
    sample: "ae0046f9075194306d7de2931bd38ce3",
    remarks: ['Documentation says empty string when there is no trace; the source yields null, printed "-".'],
  },
  UNIQUE_ID: {
    summary: "A fresh random UUID for every rendering.",
    since: "1.31",
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%UNIQUE_ID%",
    sample: "3f5ec6a2-8a6d-4b0e-9b57-2a4c9f3f6d10",
  },
};
