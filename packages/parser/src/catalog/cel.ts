/** A function of Envoy's CEL and with how many arguments it is called, as a function and as a method. */
export interface CelFunctionFacts {
  readonly summary: string;
  readonly asFunction?: readonly number[];
  readonly asMethod?: readonly number[];
}

const part = (what: string): CelFunctionFacts => ({
  summary: `The ${what} of a time, in UTC or a zone.`,
  asMethod: [0, 1],
});
const conversion = (what: string): CelFunctionFacts => ({ summary: `Converts to ${what}.`, asFunction: [1] });
const search = (what: string): CelFunctionFacts => ({ summary: what, asFunction: [2], asMethod: [1] });

/** What can be called. Measured on Envoy 1.36 to 1.40: the same list in all five. */
export const celFunctions: Readonly<Record<string, CelFunctionFacts>> = {
  size: { summary: "Number of code points, bytes, items or entries.", asFunction: [1], asMethod: [0] },
  startsWith: search("Whether a string starts with another."),
  endsWith: search("Whether a string ends with another."),
  contains: search("Whether a string contains another."),
  matches: search("Whether a regular expression (RE2) matches somewhere in a string."),
  getFullYear: part("year"),
  getMonth: part("month, from 0,"),
  getDate: part("day of the month, from 1,"),
  getDayOfMonth: part("day of the month, from 0,"),
  getDayOfWeek: part("day of the week, from 0 (Sunday),"),
  getDayOfYear: part("day of the year, from 0,"),
  getHours: part("hour"),
  getMinutes: part("minute"),
  getSeconds: part("second"),
  getMilliseconds: part("millisecond"),
  int: conversion("an integer"),
  uint: conversion("an unsigned integer"),
  double: conversion("a floating-point number"),
  bytes: conversion("bytes"),
  bool: conversion("a boolean"),
  timestamp: conversion("a time"),
  duration: conversion("a duration"),
  type: { summary: "The type of a value.", asFunction: [1] },
  dyn: { summary: "The value itself.", asFunction: [1] },
};

/** Methods of the name `re`, and with how many arguments they are called. */
export const celRegexFunctions: Readonly<Record<string, number>> = { extract: 3, capture: 2, captureN: 2 };

const certificate = {
  tls_version: "string",
  subject_local_certificate: "string",
  subject_peer_certificate: "string",
  dns_san_local_certificate: "string",
  dns_san_peer_certificate: "string",
  uri_san_local_certificate: "string",
  uri_san_peer_certificate: "string",
  sha256_peer_certificate_digest: "string",
  peer_certificate: "string",
};

/**
 * The attributes that Envoy has, by root, with their types. What is none of them is no error, and always null. Measured
 * on Envoy 1.36 to 1.40.
 */
export const celAttributes: Readonly<Record<string, Readonly<Record<string, string>> | string>> = {
  request: {
    path: "string",
    url_path: "string",
    host: "string",
    scheme: "string",
    method: "string",
    referer: "string",
    useragent: "string",
    id: "string",
    protocol: "string",
    query: "string",
    headers: "map",
    headers_bytes: "int",
    time: "timestamp",
    duration: "duration",
    size: "int",
    total_size: "int",
  },
  response: {
    code: "int",
    code_details: "string",
    flags: "int",
    grpc_status: "int",
    size: "int",
    total_size: "int",
    headers: "map",
    headers_bytes: "int",
    trailers: "map",
    backend_latency: "duration",
  },
  source: { address: "string", port: "int" },
  destination: { address: "string", port: "int" },
  connection: {
    id: "uint",
    mtls: "bool",
    requested_server_name: "string",
    termination_details: "string",
    transport_failure_reason: "string",
    ...certificate,
  },
  upstream: {
    address: "string",
    port: "int",
    local_address: "string",
    transport_failure_reason: "string",
    num_endpoints: "uint",
    request_attempt_count: "uint",
    cx_pool_ready_duration: "duration",
    locality: "message",
    ...certificate,
  },
  xds: {
    node: "message",
    cluster_name: "string",
    route_name: "string",
    virtual_host_name: "string",
    filter_chain_name: "string",
    cluster_metadata: "message",
    route_metadata: "message",
    virtual_host_metadata: "message",
    listener_metadata: "message",
    upstream_host_metadata: "message",
    upstream_host_locality_metadata: "message",
    listener_direction: "int",
  },
  metadata: "message",
  filter_state: "map",
  upstream_filter_state: "map",
};

/** Messages whose fields are known; those of Envoy's own packages are taken as they are written. */
export const celMessages: Readonly<Record<string, readonly string[]>> = {
  "google.protobuf.Any": ["type_url", "value"],
  "google.protobuf.BoolValue": ["value"],
  "google.protobuf.BytesValue": ["value"],
  "google.protobuf.DoubleValue": ["value"],
  "google.protobuf.Duration": ["seconds", "nanos"],
  "google.protobuf.Empty": [],
  "google.protobuf.FieldMask": ["paths"],
  "google.protobuf.FloatValue": ["value"],
  "google.protobuf.Int32Value": ["value"],
  "google.protobuf.Int64Value": ["value"],
  "google.protobuf.ListValue": ["values"],
  "google.protobuf.StringValue": ["value"],
  "google.protobuf.Struct": ["fields"],
  "google.protobuf.Timestamp": ["seconds", "nanos"],
  "google.protobuf.UInt32Value": ["value"],
  "google.protobuf.UInt64Value": ["value"],
  "google.protobuf.Value": ["null_value", "number_value", "string_value", "bool_value", "struct_value", "list_value"],
  "google.rpc.Status": ["code", "message", "details"],
};

/** Packages of messages that are linked into Envoy. */
export const celPackages: readonly string[] = [
  "cel.expr.",
  "envoy.",
  "google.api.",
  "google.protobuf.",
  "io.prometheus.client.",
  "opentelemetry.proto.",
  "udpa.",
  "validate.",
  "xds.",
];
