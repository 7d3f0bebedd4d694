import { celAttributes } from "../../catalog/cel.ts";
import { responseFlags } from "../../catalog/response-flags.ts";
import { toText } from "../bytes.ts";
import { headerKey, metadataKey } from "../call-key.ts";
import type { FactIndex } from "../facts.ts";
import { isList, type Json } from "../json.ts";
import { splitAddress } from "../operators/addresses.ts";
import { instantOf } from "../operators/times.ts";
import type { Scene } from "../scene.ts";
import { unforetold } from "../unforetold.ts";
import { textOf, type Value } from "../value.ts";
import { celBool, celInteger, celString, type CelValue, failed } from "./cel-value.ts";

/** How an attribute follows from facts. */
type Attribute = (scene: Scene) => CelValue;

/** A string that an operator prints; absent where the operator has no value. */
const text =
  (key: string): Attribute =>
  ({ facts }) =>
    stringOf(facts.need(key), key);

const header = (name: string): Attribute => text(headerKey("REQ", name));

const integer =
  (type: "int" | "uint", key: string): Attribute =>
  ({ facts }) => {
    const value = facts.need(key);
    return value.kind === "integer" ? celInteger(type, BigInt(Math.trunc(value.number))) : failed;
  };

const port =
  (key: string): Attribute =>
  ({ facts }) => {
    const address = textOf(facts.need(key));
    const { port: number } = address === undefined ? {} : splitAddress(address);
    return number === undefined ? failed : celInteger("int", BigInt(number));
  };

/** Part of the routed path; in a TCP log it is empty up to 1.36, and absent later (measured). */
const path =
  (cut: (path: string) => string): Attribute =>
  (scene) => {
    const whole = header(":path")(scene);
    if (whole.type === "string") return celString(cut(whole.value));
    return scene.envoy.minor < 37 ? celString("") : failed;
  };

const headers =
  (operator: "REQ" | "RESP" | "TRAILER"): Attribute =>
  ({ facts }) => ({
    type: "told",
    member: (name) => stringOf(facts.need(headerKey(operator, name)), `${operator}(${name})`),
  });

const metadata =
  (type: string): Attribute =>
  ({ facts }) => ({
    type: "told",
    member: (field) =>
      field === "filter_metadata"
        ? { type: "told", member: (namespace) => metadataValue(facts, type, namespace, []) }
        : unforetold(`CEL's ${type} metadata`, "only filter_metadata is known of it"),
  });

/** A certificate's fields are there, be they empty, as soon as there is TLS; of names only the first counts. */
function certificate(side: "DOWNSTREAM" | "UPSTREAM"): Readonly<Record<string, Attribute>> {
  const field =
    (name: string, whereEmpty: CelValue = celString("")): Attribute =>
    (scene) => {
      const value = text(`${side}_${name}`)(scene);
      const hasTls = (): boolean => scene.facts.need(`${side}_TLS_VERSION`).kind !== "missing";
      return value.type === "string" || !hasTls() ? value : whereEmpty;
    };
  const first =
    (name: string): Attribute =>
    (scene) => {
      const value = field(name, failed)(scene);
      return value.type === "string" ? celString(value.value.split(",", 1)[0] ?? "") : value;
    };
  return {
    tls_version: text(`${side}_TLS_VERSION`),
    subject_local_certificate: field("LOCAL_SUBJECT"),
    subject_peer_certificate: field("PEER_SUBJECT"),
    dns_san_local_certificate: first("LOCAL_DNS_SAN"),
    dns_san_peer_certificate: first("PEER_DNS_SAN"),
    uri_san_local_certificate: first("LOCAL_URI_SAN"),
    uri_san_peer_certificate: first("PEER_URI_SAN"),
    sha256_peer_certificate_digest: field("PEER_FINGERPRINT_256"),
  };
}

/** The attributes that follow from facts. The others that Envoy has cannot be told; what it has not always fails. */
const attributes: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  request: {
    path: header(":path"),
    url_path: path((whole) => whole.split("?", 1)[0] ?? ""),
    query: path((whole) => (whole.includes("?") ? (whole.slice(whole.indexOf("?") + 1).split("#", 1)[0] ?? "") : "")),
    host: header(":authority"),
    scheme: header(":scheme"),
    method: header(":method"),
    referer: header("referer"),
    useragent: header("user-agent"),
    id: header("x-request-id"),
    protocol: text("PROTOCOL"),
    headers: headers("REQ"),
    headers_bytes: (scene) => (scene.envoy.minor < 37 ? failed : integer("int", "REQUEST_HEADERS_BYTES")(scene)),
    time: (scene) => {
      const start = instantOf("START_TIME", scene);
      if (start === undefined) return failed;
      return { type: "timestamp", nanoseconds: BigInt(start.seconds) * 1_000_000_000n + BigInt(start.nanoseconds) };
    },
  },
  response: {
    code: (scene) => {
      const code = integer("int", "RESPONSE_CODE")(scene);
      return code.type === "int" && code.value === 0n ? failed : code;
    },
    code_details: ({ facts }) => {
      const verbatim = facts.get("RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)");
      return stringOf(verbatim ?? facts.need("RESPONSE_CODE_DETAILS"), "RESPONSE_CODE_DETAILS");
    },
    flags: ({ facts }) => {
      const set = (textOf(facts.need("RESPONSE_FLAGS")) ?? "-").split(",");
      const bits = [...responseFlags.keys()].map((flag, bit) => (set.includes(flag) ? 1n << BigInt(bit) : 0n));
      return celInteger(
        "int",
        bits.reduce((sum, bit) => sum | bit, 0n),
      );
    },
    headers: headers("RESP"),
    trailers: headers("TRAILER"),
    headers_bytes: (scene) => (scene.envoy.minor < 37 ? failed : integer("int", "RESPONSE_HEADERS_BYTES")(scene)),
  },
  source: { address: text("DOWNSTREAM_REMOTE_ADDRESS"), port: port("DOWNSTREAM_REMOTE_ADDRESS") },
  destination: { address: text("DOWNSTREAM_LOCAL_ADDRESS"), port: port("DOWNSTREAM_LOCAL_ADDRESS") },
  connection: {
    id: integer("uint", "CONNECTION_ID"),
    mtls: ({ facts }) => celBool(facts.need("DOWNSTREAM_PEER_FINGERPRINT_256").kind !== "missing"),
    requested_server_name: ({ facts }) => {
      const name = textOf(facts.need("REQUESTED_SERVER_NAME(SNI_ONLY:ORIG_OR_HOST)")) ?? "";
      return name.startsWith("invalid:")
        ? unforetold("connection.requested_server_name", "the fact has other characters than the name")
        : celString(name);
    },
    ...certificate("DOWNSTREAM"),
  },
  upstream: {
    address: text("UPSTREAM_HOST"),
    port: port("UPSTREAM_HOST"),
    local_address: text("UPSTREAM_LOCAL_ADDRESS"),
    request_attempt_count: integer("uint", "UPSTREAM_REQUEST_ATTEMPT_COUNT"),
    ...certificate("UPSTREAM"),
  },
  xds: {
    cluster_name: text("UPSTREAM_CLUSTER_RAW"),
    route_name: text("ROUTE_NAME"),
    filter_chain_name: text("FILTER_CHAIN_NAME"),
    cluster_metadata: metadata("CLUSTER"),
    route_metadata: metadata("ROUTE"),
    virtual_host_metadata: metadata("VIRTUAL_HOST"),
    listener_metadata: metadata("LISTENER"),
    upstream_host_metadata: metadata("UPSTREAM_HOST"),
  },
};

/** What a name that stands alone means. */
export function rootAttribute(name: string, scene: Scene): CelValue {
  if (name === "metadata") return metadata("DYNAMIC")(scene);
  const known = Object.hasOwn(celAttributes, name) ? celAttributes[name] : undefined;
  if (known === undefined) return failed;
  if (typeof known === "string") return unforetold(`CEL's ${name}`, "its value does not follow from facts");
  const told = attributes[name] ?? {};
  return {
    type: "told",
    member: (field) => {
      const attribute = Object.hasOwn(told, field) ? told[field] : undefined;
      if (attribute !== undefined) return attribute(scene);
      if (!Object.hasOwn(known, field)) return failed;
      return unforetold(`CEL's ${name}.${field}`, "its value does not follow from facts");
    },
  };
}

function stringOf(value: Value, fact: string): CelValue {
  const bytes = textOf(value);
  if (bytes === undefined || value.kind === "missing") return failed;
  return celString(toText(bytes) ?? unforetold(`CEL of ${fact}`, "it is not UTF-8"));
}

/** A piece of metadata: a fact that holds all of it, or members that are facts of their own. */
function metadataValue(facts: FactIndex, type: string, namespace: string, keys: readonly string[]): CelValue {
  const key = metadataKey(type, namespace, keys);
  const json = facts.json(key);
  if (json !== undefined) return celOf(json);
  if (keys.length === 0 && facts.facts.isComplete === true) return failed;
  return { type: "told", member: (name) => metadataValue(facts, type, namespace, [...keys, name]) };
}

function celOf(json: Json): CelValue {
  if (json === null) return { type: "null" };
  if (typeof json === "string") return celString(json);
  if (typeof json === "boolean") return celBool(json);
  if (typeof json === "number") return { type: "double", value: json };
  if (isList(json)) return { type: "list", items: json.map(celOf) };
  return { type: "map", entries: Object.entries(json).map(([key, value]) => [celString(key), celOf(value)] as const) };
}
