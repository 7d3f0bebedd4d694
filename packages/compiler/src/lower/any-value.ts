/**
 * Protobuf JSON of OTLP's `AnyValue`, read as Go's decoder does: unknown fields are passed over, and both spellings of a
 * field are known (pkg/util/proto/proto.go:54@v2.14.3).
 */
import type { AnyValue, KeyValue } from "../envoy/messages.ts";

/**
 * What a JSON value is as an `AnyValue`: the value, in canonical protobuf JSON, without a member if the JSON has none;
 * `undefined` if it is no `AnyValue`.
 *
 * @param hasStringIndex whether the descriptors know `stringValueStrindex`.
 */
export function readAnyValue(json: unknown, hasStringIndex: boolean): AnyValue | undefined {
  const read = anyValue(json, hasStringIndex ? members : members.filter(({ names }) => names !== stringIndex));
  return read === unreadable ? undefined : read;
}

const unreadable: unique symbol = Symbol("not an AnyValue");
type Read = AnyValue | typeof unreadable;

interface Member {
  readonly names: readonly [string, string];
  readonly read: (json: unknown, known: readonly Member[]) => Read;
}

const stringIndex = ["stringValueStrindex", "string_value_strindex"] as const;

/** The members in the order in which protobuf's JSON decoder takes them; the last that is there wins. */
const members: readonly Member[] = [
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
    names: stringIndex,
    read: (json) => integer(json, (text) => ({ stringValueStrindex: Number(text) }), 32),
  },
];

function anyValue(json: unknown, known: readonly Member[]): Read {
  if (json === null) return {};
  if (!isObject(json)) return unreadable;
  let found: AnyValue = {};
  for (const { names, read } of known) {
    const value = member(json, ...names);
    if (value === undefined) continue;
    const one = read(value, known);
    if (one === unreadable) return unreadable;
    found = one;
  }
  return found;
}

function stringValue(json: unknown): Read {
  return typeof json === "string" ? { stringValue: json } : unreadable;
}

/** A JSON integer (`12`, `12.0`, `1e3`) or a string of digits (not `"12.0"`). */
function integer(json: unknown, make: (digits: string) => AnyValue, bits: 32 | 64): Read {
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

function arrayValue(json: unknown, known: readonly Member[]): Read {
  const values = list(json);
  if (values === unreadable) return unreadable;
  const items: AnyValue[] = [];
  for (const item of values) {
    const value = anyValue(item, known);
    if (value === unreadable) return unreadable;
    items.push(value);
  }
  return { arrayValue: listJson(items) };
}

function kvlistValue(json: unknown, known: readonly Member[]): Read {
  const values = list(json);
  if (values === unreadable) return unreadable;
  const items: KeyValue[] = [];
  for (const item of values) {
    if (!isObject(item)) return unreadable;
    const key = member(item, "key") ?? "";
    const inner = member(item, "value");
    const value = inner === undefined ? undefined : anyValue(inner, known);
    if (typeof key !== "string" || value === unreadable) return unreadable;
    items.push(keyValueJson(key, value));
  }
  return { kvlistValue: listJson(items) };
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

/** Protobuf JSON leaves an empty list out. */
export function listJson<T>(values: readonly T[]): { readonly values?: readonly T[] } {
  return values.length === 0 ? {} : { values };
}

/** Protobuf JSON leaves an empty key out. */
export function keyValueJson(key: string, value: AnyValue | undefined): KeyValue {
  return { ...(key === "" ? {} : { key }), ...(value === undefined ? {} : { value }) };
}
