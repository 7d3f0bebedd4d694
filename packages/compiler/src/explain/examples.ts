import type { JsonCheckOptions } from "@meshlog/parser";
import { type AnyCode, isPolicyCode, rowOf } from "./table.ts";

/** An input that has a finding, and its nearest input that does not. */
export interface Example {
  readonly given: Given;
  readonly bad: string;
  readonly good: string;
  /** How the format is going to be used. */
  readonly options?: JsonCheckOptions;
}

/**
 * What an example is: a format, a JSON format, YAML (resources, the spec of a policy, or a backend in its rules), YAML that
 * is compiled, or migrated from the oldest Kuma to the newest, a format of which the line is asked for, a document for
 * `--control-plane` or `--config-dump`, or the releases that an option names (`kuma 2.14`).
 */
export type Given =
  "format" | "json" | "yaml" | "bundle" | "migration" | "line" | "control-plane" | "config-dump" | "range";

/** Why there is no example of a diagnostic. */
export interface NoExample {
  readonly why: string;
}

/** The example of a diagnostic, or why there is none. */
export function exampleOf(code: AnyCode): Example | NoExample {
  const own = others[code];
  if (own !== undefined) return own;
  const { bad, good } = rowOf(code);
  if (bad === undefined || good === undefined) return { why: "nothing shows it" };
  return { given: givenOf(code), bad, good };
}

function givenOf(code: AnyCode): Given {
  if (!isPolicyCode(code)) return "format";
  if (code.startsWith("migrate/")) return "migration";
  return compiled.has(code) ? "bundle" : "yaml";
}

/** What only compiling finds. */
const compiled: ReadonlySet<AnyCode> = new Set(["io/invalid-resource", "lint/absent-mesh"]);

/** What stands in the row of no table: it takes more than a format or a policy to meet these. */
const others: Partial<Readonly<Record<AnyCode, Example | NoExample>>> = {
  "io/malformed-range": { given: "range", bad: "kuma ..2.14", good: "kuma 2.14" },
  "io/unknown-release": { given: "range", bad: "kuma 1.8", good: "kuma 2.14" },
  "io/config-dump": { given: "config-dump", bad: '{"listeners": []}', good: '{"configs": []}' },
  "io/own-document": { given: "control-plane", bad: "zoen: east", good: "zone: east" },
  "io/missing-fact": { why: "it takes a traffic file of bare facts that leaves one out" },
  "io/unforetold": { given: "line", bad: "%START_TIME(%E12S)%", good: "%START_TIME(%E3S)%" },
  "io/unusable-fact": { why: "it takes a traffic file whose texts are neither strings nor Base64" },
  "io/not-text": { why: "it takes a file that is not written in UTF-8" },
  "io/too-deep": { why: "it takes maps and lists nested more than 500 deep" },
  "format/more": { why: "it takes a format with more than 100 findings" },
  "format/file-path": {
    given: "format",
    bad: "%FILE_CONTENT%",
    good: "%FILE_CONTENT(/etc/hostname)%",
    options: { formatters: ["envoy.formatter.file_content"] },
  },
  "format/secret": {
    given: "format",
    bad: "%SECRET()%",
    good: "%PROTOCOL%",
    options: { formatters: ["envoy.formatter.generic_secret"] },
  },
  "format/renamed-by-kuma": { given: "format", bad: "%GRPC_STATUS%", good: "%RESP(GRPC-STATUS)%" },
  "format/json-value": { given: "json", bad: '{"secure": true}', good: '{"secure": "true"}' },
  "generate/format": { given: "format", bad: "100%%", good: "100" },
  "lint/newer-time-point": {
    given: "format",
    bad: "%COMMON_DURATION(DS_CX_BEG:DS_TX_END)%",
    good: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END)%",
  },
  "lint/protocol": { given: "format", bad: "%REQ(USER-AGENT)%", good: "%BYTES_SENT%", options: { protocol: "tcp" } },
  "lint/upstream-only": { given: "format", bad: "%UPSTREAM_FILTER_STATE(my.key)%", good: "%FILTER_STATE(my.key)%" },
  "lint/deprecated-operator": { given: "format", bad: "%DYNAMIC_METADATA(my.ns)%", good: "%METADATA(DYNAMIC:my.ns)%" },
  "lint/crashes-later": {
    given: "format",
    bad: "%REQUESTED_SERVER_NAME(HOST_FIRST:ORIG)%",
    good: "%REQUESTED_SERVER_NAME%",
  },
  "lint/omit-empty-json": {
    given: "yaml",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json: [{key: agent, value: '%REQ(USER-AGENT)%'}]\n    omitEmptyValues: true",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json: [{key: agent, value: '%REQ(USER-AGENT)%'}]",
  },
  "lint/number-notation": { given: "json", bad: '{"duration": "%DURATION%"}', good: '{"protocol": "%PROTOCOL%"}' },
};
