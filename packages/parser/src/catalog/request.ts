import { missing, required, type OperatorFacts } from "./operator.ts";

/** The request and the route it took. */
export const request: Readonly<Record<string, OperatorFacts>> = {
  PATH: {
    summary: "The path of the request; which one, and whether its query belongs to it, can be chosen.",
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
    summary: "Which HTTP the client speaks.",
    since: "1.22",
    protocols: ["http"],
    result: "string",
    absent: missing("it is not HTTP"),
    example: "%PROTOCOL%",
    sample: "HTTP/2",
    remarks: ['Where it is unknown JSON has null, whatever Envoy\'s documentation says of `"-"`.'],
  },
  QUERY_PARAM: {
    summary: "A parameter of the query, decoded; of several with one name the first.",
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
    summary: "All that follows the `?` of the path, as it came or decoded.",
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
      "The server name that the client asked for in its TLS hello; the host of the request can stand in for it or go before it.",
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
        "a name with characters other than letters, digits, `.` and `-` is printed after `invalid:`, with `_` for them (so in 1.28.7, 1.29.9, 1.30.6 and 1.31.2)",
      "1.33": "`_` may stand in a name (so in 1.29.11, 1.30.8, 1.31.4 and 1.32.2)",
      "1.37": "can use the host of the request instead, or first",
      "1.39": "a request without a host no longer ends the process (CVE-2026-47220; so in 1.37.5 and 1.38.3)",
    },
  },
  ROUTE_NAME: {
    summary: "The route that was taken.",
    since: "1.22",
    protocols: ["http", "tcp"],
    result: "string",
    absent: missing("no route matched, or it has no name"),
    example: "%ROUTE_NAME%",
    sample: "default",
  },
  UPSTREAM_PROTOCOL: {
    summary: "Which HTTP is spoken with the upstream.",
    since: "1.23",
    protocols: ["http"],
    result: "string",
    absent: missing("no upstream request was made"),
    example: "%UPSTREAM_PROTOCOL%",
    sample: "HTTP/1.1",
    remarks: ['Where it is unknown JSON has null, whatever Envoy\'s documentation says of `"-"`.'],
  },
  VIRTUAL_CLUSTER_NAME: {
    summary: "The virtual cluster that the request counts for.",
    since: "1.22",
    protocols: ["http"],
    result: "string",
    absent: missing("no virtual cluster matched"),
    example: "%VIRTUAL_CLUSTER_NAME%",
    sample: "authN",
  },
};
