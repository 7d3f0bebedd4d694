import { missing, type OperatorFacts } from "./operator.ts";

/** Identifiers of the request, for tracing. */
export const traces: Readonly<Record<string, OperatorFacts>> = {
  SPAN_ID: {
    summary: "The span of the trace that the request is, where the tracer tells.",
    since: "1.38",
    protocols: ["http"],
    result: "string",
    absent: missing("the request is not traced, or its tracer does not tell"),
    example: "%SPAN_ID%",
    sample: "a1b2c3d4e5f60718",
    remarks: ["Without a span it is missing, not an empty string as Envoy's documentation has it."],
  },
  STREAM_ID: {
    summary: "What the stream is known by; with HTTP its x-request-id.",
    since: "1.25",
    protocols: ["http", "tcp", "udp"],
    result: "string",
    absent: missing("there is no stream"),
    example: "%STREAM_ID%",
    sample: "ffffffff-0012-0110-00ff-0c00400600ff",
  },
  TRACE_ID: {
    summary: "The trace that the request belongs to.",
    since: "1.31",
    protocols: ["http"],
    result: "string",
    absent: missing("the request is not traced"),
    example: "%TRACE_ID%",
    sample: "ae0046f9075194306d7de2931bd38ce3",
    remarks: ["Without a trace it is missing, not an empty string as Envoy's documentation has it."],
  },
  UNIQUE_ID: {
    summary: "A UUID made for this one place in this one line.",
    since: "1.31",
    protocols: ["http", "tcp", "udp"],
    result: "string",
    example: "%UNIQUE_ID%",
    sample: "3f5ec6a2-8a6d-4b0e-9b57-2a4c9f3f6d10",
  },
};
