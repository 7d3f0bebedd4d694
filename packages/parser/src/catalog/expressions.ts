import { anyJson, missing, optional, required, type OperatorFacts } from "./operator.ts";

/** Operators that compute. */
export const expressions: Readonly<Record<string, OperatorFacts>> = {
  CEL: {
    summary: "What a CEL expression over Envoy's attributes comes to, as text.",
    since: "1.27",
    argument: optional("cel"),
    limit: "1.27",
    protocols: ["http", "tcp"],
    result: "string",
    absent: missing("the expression fails or has no value"),
    example: "%CEL(request.headers['x-env'])%",
    sample: "staging",
    changes: {
      "1.31": "functions can be called: a `)` no longer ends the argument",
      "1.34": "part of Envoy itself; before, a formatter extension had to bring it",
    },
    extension: { name: "envoy.formatter.cel", builtInSince: "1.34" },
  },
  COALESCE: {
    summary: "The first of several operators that has a value; JSON lists them.",
    since: "1.37",
    argument: required("coalesce"),
    limit: "1.37",
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("none of its operators has a value"),
    example: '%COALESCE({"operators":["REQUESTED_SERVER_NAME",{"command":"REQ","param":":authority"}]})%',
    sample: "shop.example.com",
    changes: {
      "1.39": "errors of a listed FILTER_STATE, UPSTREAM_FILTER_STATE or CEL say which of the list it is",
      "1.40":
        "an empty value counts as one (`envoy.reloadable_features.coalesce_formatter_accept_empty_values`); errors of listed operators say which of the list it is",
    },
    remarks: ["Up to 1.39 an empty string is no value."],
  },
  TYPED_CEL: {
    summary: "What a CEL expression comes to; in JSON logs it keeps its type.",
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
