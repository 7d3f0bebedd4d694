import { anyJson, missing, optional, required, type OperatorFacts } from "./operator.ts";

/** Metadata and filter state: what filters and the configuration attach. */
export const metadata: Readonly<Record<string, OperatorFacts>> = {
  CLUSTER_METADATA: {
    summary: "What the metadata of the cluster holds under a namespace, or under keys in it.",
    since: "1.22",
    argument: required("metadata"),
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%CLUSTER_METADATA(io.kuma.tags:kuma.io/service)%",
    sample: "backend",
    changes: {
      "1.40":
        "in JSON a limit leaves numbers and booleans as they are and cuts only strings (`envoy.reloadable_features.metadata_formatter_only_truncate_string`)",
    },
    remarks: ["Every release refuses the limit that Envoy's documentation shows."],
    deprecated: "Envoy means to replace it by `METADATA(CLUSTER:…)`.",
  },
  DYNAMIC_METADATA: {
    summary: "What filters have left in the metadata of the request under a namespace, or under keys in it.",
    since: "1.22",
    argument: required("metadata"),
    limit: "1.37",
    protocols: ["http", "udp", "thrift"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:payload:sub)%",
    sample: "alice",
    changes: {
      "1.33": "NaN is written null, and infinity inf",
      "1.37": "takes a limit; in JSON it cuts strings, numbers and booleans, and leaves objects and lists whole",
      "1.40":
        "in JSON a limit leaves numbers and booleans as they are and cuts only strings (`envoy.reloadable_features.metadata_formatter_only_truncate_string`)",
    },
    remarks: [
      "A text format cuts any value to the limit, the JSON of an object too, although Envoy's documentation denies it. JSON from 1.37 to 1.39 turns a number, a boolean or null into a string if, and only if, something is cut off.",
    ],
    deprecated: "Envoy means to replace it by `METADATA(DYNAMIC:…)`.",
  },
  METADATA: {
    summary: "What some metadata holds under a namespace, or under keys in it; whose metadata is the first argument.",
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
      "1.34": "part of Envoy itself; before, a formatter extension had to bring it",
      "1.35": "VIRTUAL_HOST needs no route to have matched",
      "1.37": "the type LISTENER_FILTER_CHAIN; a limit cuts numbers and booleans in JSON, too",
      "1.40":
        "in JSON a limit leaves numbers and booleans as they are and cuts only strings (`envoy.reloadable_features.metadata_formatter_only_truncate_string`)",
    },
    remarks: [
      "Envoy refuses nothing but a type that it does not know. A text format cuts any value to the limit. JSON does not up to 1.36; from 1.37 to 1.39 it turns a number, a boolean or null into a string if, and only if, something is cut off.",
    ],
    extension: { name: "envoy.formatter.metadata", builtInSince: "1.34" },
  },
  UPSTREAM_METADATA: {
    summary: "What the metadata of the endpoint holds under a namespace, or under keys in it.",
    since: "1.23",
    argument: required("metadata"),
    protocols: ["http", "tcp"],
    result: anyJson,
    absent: missing("nothing stands there"),
    example: "%UPSTREAM_METADATA(io.kuma.tags:kuma.io/zone)%",
    sample: "east",
    changes: {
      "1.40":
        "in JSON a limit leaves numbers and booleans as they are and cuts only strings (`envoy.reloadable_features.metadata_formatter_only_truncate_string`)",
    },
    remarks: ["Every release refuses the limit that Envoy's documentation shows."],
    deprecated: "Envoy means to replace it by `METADATA(UPSTREAM_HOST:…)`.",
  },
  FILTER_STATE: {
    summary: "An object that filters have left with the stream or its connection: as JSON, as text, or a single field.",
    since: "1.22",
    argument: optional("filter-state"),
    limit: "1.22",
    protocols: ["http", "tcp", "udp"],
    result: anyJson,
    absent: missing("there is no such object, or it cannot be written so"),
    example: "%FILTER_STATE(my.key:PLAIN)%",
    sample: "test_value",
    changes: { "1.28": "FIELD prints one field of the object" },
    remarks: [
      "It cannot go without a key, though its grammar allows that. In JSON a limit cuts PLAIN and FIELD, and leaves TYPED whole.",
    ],
  },
  UPSTREAM_FILTER_STATE: {
    summary: "FILTER_STATE of the connection to the upstream.",
    since: "1.23",
    argument: optional("filter-state"),
    limit: "1.23",
    protocols: ["http"],
    use: "upstream-only",
    result: anyJson,
    absent: missing("there is no such object, or it cannot be written so"),
    example: "%UPSTREAM_FILTER_STATE(my.key:PLAIN)%",
    sample: "test_value",
    changes: { "1.28": "FIELD prints one field of the object" },
    remarks: ["It cannot go without a key, though its grammar allows that."],
  },
};
