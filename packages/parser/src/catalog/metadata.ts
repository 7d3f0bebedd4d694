import { anyJson, missing, optional, required, type OperatorFacts } from "./operator.ts";

/** Metadata and filter state: what filters and the configuration attach. */
export const metadata: Readonly<Record<string, OperatorFacts>> = {
  CLUSTER_METADATA: {
    summary: "Value under a namespace (and optional key path) of the upstream cluster's metadata.",
    since: "1.22",
    argument: required("metadata"),
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%CLUSTER_METADATA(io.kuma.tags:kuma.io/service)%",
    sample: "backend",
    changes: {
      "1.40":
        "in typed output a length cuts string values only; numbers and booleans keep their type and stay whole (runtime guard envoy.reloadable_features.metadata_formatter_only_truncate_string)",
    },
    remarks: [
      'Documentation shows ":Z" but the source rejects any length: "CLUSTER_METADATA does not allow length to be specified." (1.22 up to 1.40-dev).',
    ],
    deprecated: "Documentation announces a future deprecation in favour of METADATA(CLUSTER:...).",
  },
  DYNAMIC_METADATA: {
    summary: "Value under a namespace (and optional key path) of the per-request dynamic metadata.",
    since: "1.22",
    argument: required("metadata"),
    limit: "1.37",
    protocols: ["http", "udp", "thrift"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:payload:sub)%",
    sample: "alice",
    changes: {
      "1.33": "numbers NaN and Infinity serialise as null and inf",
      "1.37":
        'the documented ":Z" length is accepted (rejected before with "DYNAMIC_METADATA does not allow length to be specified."); it cuts strings and scalar values; in typed JSON structs and lists are left whole',
      "1.40":
        "in typed output a length cuts string values only; numbers and booleans keep their type and stay whole (runtime guard envoy.reloadable_features.metadata_formatter_only_truncate_string)",
    },
    remarks: [
      "Documentation says a length never cuts a struct; in plain text the source cuts the JSON text of structs too (1.37 up to 1.40-dev); typed JSON 1.37-1.39: a number, boolean or null becomes a string only if the length really cuts it; up to 1.36 a length of METADATA has no effect in typed JSON.",
    ],
    deprecated: "Documentation announces a future deprecation in favour of METADATA(DYNAMIC:...).",
  },
  METADATA: {
    summary:
      "Generic metadata accessor: the first argument picks the source (dynamic, cluster, route, host, listener, ...).",
    since: "1.22",
    argument: optional("typed-metadata"),
    limit: "1.22",
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%METADATA(ROUTE:envoy.filters.http.lua:route_kri)%",
    sample: "kri_mhttpr_default_east_shop_cart_",
    changes: {
      "1.23": "type UPSTREAM_HOST",
      "1.29": "type LISTENER",
      "1.31": "type VIRTUAL_HOST",
      "1.34": "built in: no formatter extension needs to be configured",
      "1.35": "virtual-host metadata is available when only the virtual host matched",
      "1.37": "type LISTENER_FILTER_CHAIN; a length now also cuts scalar values in typed JSON",
      "1.40":
        "in typed output a length cuts string values only; numbers and booleans keep their type and stay whole (runtime guard envoy.reloadable_features.metadata_formatter_only_truncate_string)",
    },
    remarks: [
      "No syntax check on the number of arguments: a missing or unknown type is the only error; in plain text a length cuts any value; typed JSON 1.37-1.39: a number, boolean or null becomes a string only if the length really cuts it; up to 1.36 a length of METADATA has no effect in typed JSON.",
    ],
    extension: { name: "envoy.formatter.metadata", builtInSince: "1.34" },
  },
  UPSTREAM_METADATA: {
    summary: "Value under a namespace (and optional key path) of the upstream host's metadata.",
    since: "1.23",
    argument: required("metadata"),
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%UPSTREAM_METADATA(io.kuma.tags:kuma.io/zone)%",
    sample: "east",
    changes: {
      "1.40":
        "in typed output a length cuts string values only; numbers and booleans keep their type and stay whole (runtime guard envoy.reloadable_features.metadata_formatter_only_truncate_string)",
    },
    remarks: [
      'Documentation shows ":Z" but the source rejects any length: "UPSTREAM_METADATA does not allow length to be specified." (1.23 up to 1.40-dev).',
    ],
    deprecated: "Documentation announces a future deprecation in favour of METADATA(UPSTREAM_HOST:...).",
  },
  FILTER_STATE: {
    summary:
      "A filter-state object of the stream or connection, serialised as JSON (TYPED), as text (PLAIN) or one of its fields (FIELD).",
    since: "1.22",
    argument: optional("filter-state"),
    limit: "1.22",
    protocols: ["http", "tcp", "udp"],
    result: anyJson,
    absent: missing("there is no such object, or it cannot be written so"),
    example: "%FILTER_STATE(my.key:PLAIN)%",
    sample: "test_value",
    changes: { "1.28": "FIELD serialisation with a field name" },
    remarks: [
      "Arguments are required in practice: an empty key is an error even though the syntax flag is optional; in typed JSON a length cuts PLAIN and FIELD values but not TYPED ones.",
    ],
  },
  UPSTREAM_FILTER_STATE: {
    summary: "Same as FILTER_STATE but for upstream filter state.",
    since: "1.23",
    argument: optional("filter-state"),
    limit: "1.23",
    protocols: ["http"],
    use: "upstream-only",
    result: anyJson,
    absent: missing("there is no such object, or it cannot be written so"),
    example: "%UPSTREAM_FILTER_STATE(my.key:PLAIN)%",
    sample: "test_value",
    changes: { "1.28": "FIELD serialisation with a field name" },
    remarks: ["Arguments are required in practice: an empty key is an error even though the syntax flag is optional."],
  },
};
