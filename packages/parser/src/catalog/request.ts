import { missing, required, type OperatorFacts } from "./operator.ts";

/** The request and the route it took. */
export const request: Readonly<Record<string, OperatorFacts>> = {
  PATH: {
    summary: "Request path, with or without its query string, from the original or the current path header.",
    since: "1.34",
    argument: {
      kind: "choices",
      presence: "optional",
      lists: [
        {
          name: "whether the query belongs to it",
          options: { WQ: "with the query (default)", NQ: "without the query" },
        },
        {
          name: "which path",
          options: {
            ORIG: "the client's, from x-envoy-original-path",
            PATH: "the current :path",
            ORIG_OR_PATH: "the client's, else the current one (default)",
          },
        },
      ],
      refusal: "option",
    },
    limit: "1.34",
    protocols: ["http"],
    result: "string",
    absent: missing("there is no request"),
    example: "%PATH(NQ)%",
    sample: "/cart",
  },
  PROTOCOL: {
    summary: "HTTP version spoken with the client.",
    since: "1.22",
    protocols: ["http"],
    result: "string",
    absent: missing("it is not HTTP"),
    example: "%PROTOCOL%",
    sample: "HTTP/2",
    remarks: ['Documentation says typed JSON renders the string "-" when unknown; the source yields JSON null.'],
  },
  QUERY_PARAM: {
    summary: "Decoded value of one query parameter (the first when repeated).",
    since: "1.34",
    argument: required("query-parameter"),
    limit: "1.34",
    protocols: ["http"],
    result: "string",
    absent: missing("the parameter is not there"),
    example: "%QUERY_PARAM(id):32%",
    sample: "7",
  },
  QUERY_PARAMS: {
    summary: 'The whole query string after "?", raw or percent-decoded.',
    since: "1.38",
    argument: {
      kind: "choices",
      presence: "optional",
      lists: [{ name: "how it is written", options: { ORIG: "as it was sent (default)", DECODED: "percent-decoded" } }],
      refusal: "option",
    },
    limit: "1.38",
    protocols: ["http"],
    result: "string",
    absent: missing("the path has no query"),
    example: "%QUERY_PARAMS(DECODED)%",
    sample: "id=7",
  },
  REQUESTED_SERVER_NAME: {
    summary:
      'SNI sent by the client, optionally falling back to (or preferring) the Host header; characters outside [A-Za-z0-9._-] become "_" with an "invalid:" prefix.',
    since: "1.22",
    argument: {
      kind: "choices",
      presence: "optional",
      since: "1.37",
      lists: [
        {
          name: "what is preferred",
          options: {
            SNI_ONLY: "the SNI, or nothing (default)",
            SNI_FIRST: "the SNI, else the host",
            HOST_FIRST: "the host, else the SNI",
          },
        },
        {
          name: "which host",
          options: {
            ORIG_OR_HOST: "the original host, else the current one (default)",
            HOST: "the current host",
            ORIG: "the original host",
          },
        },
      ],
      refusal: "option",
    },
    protocols: ["http", "tcp", "thrift"],
    result: "string",
    absent: missing("the client sent none"),
    example: "%REQUESTED_SERVER_NAME%",
    sample: "outbound_.8080_._.example.com",
    changes: {
      "1.32":
        'invalid characters are replaced by "_" and the value gets an "invalid:" prefix (also 1.28.7, 1.29.9, 1.30.6, 1.31.2)',
      "1.33": '"_" itself counts as valid (also 1.29.11, 1.30.8, 1.31.4, 1.32.2)',
      "1.37": "optional X:Y arguments to fall back to or prefer the Host header",
      "1.39": "crash fixed when host values are absent (CVE-2026-47220; also 1.37.5, 1.38.3)",
    },
  },
  ROUTE_NAME: {
    summary: "Name of the matched route; null when there is no route or it has no name.",
    since: "1.22",
    protocols: ["http", "tcp"],
    result: "string",
    absent: missing("no route matched, or it has no name"),
    example: "%ROUTE_NAME%",
    sample: "default",
  },
  UPSTREAM_PROTOCOL: {
    summary: "HTTP version spoken with the upstream.",
    since: "1.23",
    protocols: ["http"],
    result: "string",
    absent: missing("no upstream request was made"),
    example: "%UPSTREAM_PROTOCOL%",
    sample: "HTTP/1.1",
    remarks: ['Documentation says typed JSON renders the string "-" when unknown; the source yields JSON null.'],
  },
  VIRTUAL_CLUSTER_NAME: {
    summary: "Name of the virtual cluster the request matched.",
    since: "1.22",
    protocols: ["http"],
    result: "string",
    absent: missing("no virtual cluster matched"),
    example: "%VIRTUAL_CLUSTER_NAME%",
    sample: "authN",
  },
};
