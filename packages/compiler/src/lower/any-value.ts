/**
 * The body of an OpenTelemetry logger: Kuma reads the raw JSON of the policy as protobuf JSON of OTLP's `AnyValue`
 * and falls back to the raw text as one string (meshaccesslog/plugin/xds/configurer.go:286@v2.14.3,
 * pkg/util/proto/proto.go:54@v2.14.3).
 */
import type { AnyValue, KeyValue } from "../envoy/messages.ts";
import type { KumaValues } from "../kuma/kuma-operators.ts";
import { fill, type KumaText, kumaText } from "./kuma-text.ts";

/** An `AnyValue` whose strings are texts that Kuma fills. */
export type AnyValueTemplate =
  | { readonly unset: true }
  | { readonly stringValue: KumaText }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number | "NaN" | "Infinity" | "-Infinity" }
  | { readonly bytesValue: string }
  | { readonly arrayValue: readonly AnyValueTemplate[] }
  | { readonly kvlistValue: readonly { readonly key: KumaText; readonly value?: AnyValueTemplate }[] }
  | { readonly stringValueStrindex: number };

/**
 * The template of a body.
 *
 * @param body the JSON value of `openTelemetry.body`; `undefined` and `null` mean the default.
 * @param defaultFormat what the body is where the policy has none, or one without any member of an `AnyValue`.
 */
export function bodyTemplate(body: unknown, defaultFormat: string): AnyValueTemplate {
  const fallback: AnyValueTemplate = { stringValue: kumaText(defaultFormat) };
  if (body === undefined || body === null) return fallback;
  const read = anyValue(body);
  if (read === unreadable) return { stringValue: kumaText(goJson(body)) };
  return "unset" in read ? fallback : read;
}

/** What an `AnyValue` becomes in Envoy's configuration (canonical protobuf JSON), with Kuma's values filled in. */
export function anyValueJson(template: AnyValueTemplate, values: KumaValues): AnyValue {
  if ("unset" in template) return {};
  if ("stringValue" in template) return { stringValue: fill(template.stringValue, values) };
  if ("arrayValue" in template) {
    return { arrayValue: listJson(template.arrayValue.map((item) => anyValueJson(item, values))) };
  }
  if ("kvlistValue" in template) {
    const items = template.kvlistValue.map(({ key, value }): KeyValue => ({
      ...(key.text === "" ? {} : { key: fill(key, values) }),
      ...(value === undefined ? {} : { value: anyValueJson(value, values) }),
    }));
    return { kvlistValue: listJson(items) };
  }
  return template;
}

/** Protobuf JSON leaves an empty list out. */
function listJson<T>(values: readonly T[]): { readonly values?: readonly T[] } {
  return values.length === 0 ? {} : { values };
}

const unreadable: unique symbol = Symbol("not an AnyValue");
type Read = AnyValueTemplate | typeof unreadable;

/** The members in the order in which protobuf's JSON decoder takes them; the last that is there wins. */
const members: readonly { readonly names: readonly [string, string]; readonly read: (json: unknown) => Read }[] = [
  { names: ["stringValue", "string_value"], read: stringValue },
  {
    names: ["boolValue", "bool_value"],
    read: (json) => (typeof json === "boolean" ? { boolValue: json } : unreadable),
  },
  { names: ["intValue", "int_value"], read: (json) => integer(json, (intValue) => ({ intValue }), 64) },
  { names: ["doubleValue", "double_value"], read: doubleValue },
  { names: ["arrayValue", "array_value"], read: arrayValue },
  { names: ["kvlistValue", "kvlist_value"], read: kvlistValue },
  { names: ["bytesValue", "bytes_value"], read: bytesValue },
  {
    names: ["stringValueStrindex", "string_value_strindex"],
    read: (json) => integer(json, (text) => ({ stringValueStrindex: Number(text) }), 32),
  },
];

function anyValue(json: unknown): Read {
  if (json === null) return { unset: true };
  if (!isObject(json)) return unreadable;
  let found: AnyValueTemplate = { unset: true };
  for (const { names, read } of members) {
    const value = member(json, ...names);
    if (value === undefined) continue;
    const template = read(value);
    if (template === unreadable) return unreadable;
    found = template;
  }
  return found;
}

function stringValue(json: unknown): Read {
  return typeof json === "string" ? { stringValue: kumaText(json) } : unreadable;
}

/** A JSON integer (`12`, `12.0`, `1e3`) or a string of digits (not `"12.0"`). */
function integer(json: unknown, make: (digits: string) => AnyValueTemplate, bits: 32 | 64): Read {
  const isInteger =
    typeof json === "bigint" ||
    (typeof json === "number" && Number.isInteger(json)) ||
    (typeof json === "string" && /^\s*-?(?:0|[1-9]\d{0,19})\s*$/.test(json));
  if (!isInteger) return unreadable;
  const value = BigInt(json);
  return BigInt.asIntN(bits, value) === value ? make(value.toString()) : unreadable;
}

function doubleValue(json: unknown): Read {
  if (typeof json === "number") return { doubleValue: json };
  if (typeof json === "bigint") return { doubleValue: Number(json) };
  if (json === "NaN" || json === "Infinity" || json === "-Infinity") return { doubleValue: json };
  if (typeof json === "string" && /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(json)) {
    return { doubleValue: Number(json) };
  }
  return unreadable;
}

function bytesValue(json: unknown): Read {
  const padded = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return typeof json === "string" && padded.test(json) ? { bytesValue: json } : unreadable;
}

function arrayValue(json: unknown): Read {
  const values = list(json);
  if (values === unreadable) return unreadable;
  const items: AnyValueTemplate[] = [];
  for (const item of values) {
    const value = anyValue(item);
    if (value === unreadable) return unreadable;
    items.push(value);
  }
  return { arrayValue: items };
}

function kvlistValue(json: unknown): Read {
  const values = list(json);
  if (values === unreadable) return unreadable;
  const items: { key: KumaText; value?: AnyValueTemplate }[] = [];
  for (const item of values) {
    if (!isObject(item)) return unreadable;
    const key = member(item, "key") ?? "";
    const inner = member(item, "value");
    const value = inner === undefined ? undefined : anyValue(inner);
    if (typeof key !== "string" || value === unreadable) return unreadable;
    items.push({ key: kumaText(key), ...(value === undefined ? {} : { value }) });
  }
  return { kvlistValue: items };
}

/** The `values` of an ArrayValue or KeyValueList. */
function list(json: unknown): readonly unknown[] | typeof unreadable {
  if (!isObject(json)) return unreadable;
  const values = member(json, "values") ?? [];
  return Array.isArray(values) ? (values as unknown[]) : unreadable;
}

/** A member by its spellings, of which the first that is there counts; `null` is as if it were absent. */
function member(json: Readonly<Record<string, unknown>>, ...names: readonly string[]): unknown {
  const name = names.find((spelling) => Object.hasOwn(json, spelling) && json[spelling] !== null);
  return name === undefined ? undefined : json[name];
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** JSON as Go's `json.Marshal` writes it: compact, keys sorted, and `<`, `>`, `&`, U+2028, U+2029 escaped. */
function goJson(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(goJson).join(",")}]`;
  if (isObject(json)) {
    const entries = Object.keys(json)
      .sort()
      .map((key) => `${goJson(key)}:${goJson(json[key])}`);
    return `{${entries.join(",")}}`;
  }
  if (typeof json === "bigint") return goJson(Number(json));
  if (Object.is(json, -0)) return "-0";
  return JSON.stringify(json).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
