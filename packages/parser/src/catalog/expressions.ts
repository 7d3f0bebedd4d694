import { anyJson, missing, optional, required, type OperatorFacts } from "./operator.ts";

/** Operators that compute. */
export const expressions: Readonly<Record<string, OperatorFacts>> = {
  CEL: {
    summary: 'Evaluates a CEL expression over Envoy attributes and prints it as text; errors print "-".',
    since: "1.27",
    argument: optional("cel"),
    limit: "1.27",
    protocols: ["http", "tcp"],
    result: "string",
    absent: missing("the expression fails or has no value"),
    example: "%CEL(request.headers['x-env'])%",
    sample: "staging",
    changes: {
      "1.31": 'expressions may contain ")" (the argument regex became non-greedy), so CEL functions can be called',
      "1.34": "built in: no formatter extension needs to be configured",
    },
    extension: { name: "envoy.formatter.cel", builtInSince: "1.34" },
  },
  COALESCE: {
    summary: "Tries a JSON list of built-in operators in order and prints the first result.",
    since: "1.37",
    argument: required("coalesce"),
    limit: "1.37",
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("none of its operators has a value"),
    example: '%COALESCE({"operators":["REQUESTED_SERVER_NAME",{"command":"REQ","param":":authority"}]})%',
    sample: "shop.example.com",
    changes: {
      "1.39": "errors of inner FILTER_STATE, UPSTREAM_FILTER_STATE and CEL operators carry the COALESCE prefix",
      "1.40":
        'a value that is present but empty is accepted as the result; before, empty values were skipped (runtime guard envoy.reloadable_features.coalesce_formatter_accept_empty_values); errors raised by an inner operator carry the prefix "COALESCE: failed to parse operator at index <i>: "; before, most surfaced bare',
    },
    remarks: ["Empty strings are skipped up to 1.39; see changes for 1.40."],
  },
  TYPED_CEL: {
    summary: "Like CEL, but keeps numbers, booleans, lists and maps typed in JSON logs.",
    since: "1.36",
    argument: optional("cel"),
    limit: "1.36",
    protocols: ["http"],
    result: anyJson,
    absent: missing("the expression fails or has no value"),
    example: "%TYPED_CEL(response.code >= 500)%",
    sample: "false",
    extension: { name: "envoy.formatter.cel", builtInSince: "1.36" },
  },
};
