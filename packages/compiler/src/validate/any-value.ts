/**
 * Protobuf JSON of OTLP's `AnyValue`, read as Go's decoder does: unknown fields are passed over, and both spellings of a
 * field are known (pkg/util/proto/proto.go:54@v2.14.3).
 */
import type { AnyValue } from "../envoy/messages.ts";
import type { JsonView } from "./json-view.ts";

/** What is made of an `AnyValue`, from the inside out. */
export interface AnyValueMaker<V, R> {
  readonly text: (text: string, from: V) => R;
  /** @param value in canonical protobuf JSON. */
  readonly leaf: (is: "a boolean" | "a number" | "bytes", value: AnyValue, from: V) => R;
  /** A value without a member. */
  readonly nothing: (from: V) => R;
  readonly list: (items: readonly R[]) => R;
  readonly fields: (fields: readonly AnyValueField<V, R>[]) => R;
}

/** A `KeyValue` of a list of fields. */
export interface AnyValueField<V, R> {
  readonly from: V;
  readonly key?: { readonly text: string; readonly from: V };
  readonly value?: R;
}

/**
 * Reads a JSON value as an `AnyValue`. What an alias repeats is read once.
 *
 * @param hasStringIndex whether the descriptors know `stringValueStrindex`.
 * @returns what the maker makes of it; `undefined` if it is no `AnyValue`.
 */
export function readAnyValue<V, R>(
  json: V,
  view: JsonView<V>,
  make: AnyValueMaker<V, R>,
  hasStringIndex: boolean,
): R | undefined {
  const read = new Reader(view, make, hasStringIndex).value(json);
  return read === unreadable ? undefined : read;
}

const unreadable: unique symbol = Symbol("not an AnyValue");
type Read<R> = R | typeof unreadable;

class Reader<V, R> {
  readonly #view: JsonView<V>;
  readonly #make: AnyValueMaker<V, R>;
  readonly #members: readonly Member[];
  readonly #known = new Map<unknown, Read<R>>();

  constructor(view: JsonView<V>, make: AnyValueMaker<V, R>, hasStringIndex: boolean) {
    this.#view = view;
    this.#make = make;
    this.#members = hasStringIndex ? members : members.filter(({ names }) => names !== stringIndex);
  }

  value(json: V): Read<R> {
    if (this.#view.scalar(json) === null) return this.#make.nothing(json);
    if (!this.#view.isMap(json)) return unreadable;
    const identity = this.#view.identity(json);
    const before = this.#known.get(identity);
    if (before !== undefined) return before;
    const read = this.#map(json);
    this.#known.set(identity, read);
    return read;
  }

  #map(json: V): Read<R> {
    let found: Read<R> | undefined;
    for (const { names, read } of this.#members) {
      const member = this.#member(json, names);
      if (member === undefined) continue;
      const one = this.#read(read, member);
      if (one === unreadable) return unreadable;
      found = one;
    }
    return found ?? this.#make.nothing(json);
  }

  #read(read: Member["read"], json: V): Read<R> {
    if (read === "list") return this.#list(json);
    if (read === "fields") return this.#fields(json);
    const leaf = read(this.#view.scalar(json));
    if (leaf === undefined) return unreadable;
    const { is, value } = leaf;
    return is === "a text" ? this.#make.text(value.stringValue ?? "", json) : this.#make.leaf(is, value, json);
  }

  #list(json: V): Read<R> {
    const values = this.#values(json);
    if (values === undefined) return unreadable;
    const items: R[] = [];
    for (const value of values) {
      const item = this.value(value);
      if (item === unreadable) return unreadable;
      items.push(item);
    }
    return this.#make.list(items);
  }

  #fields(json: V): Read<R> {
    const values = this.#values(json);
    if (values === undefined) return unreadable;
    const fields: AnyValueField<V, R>[] = [];
    for (const from of values) {
      if (!this.#view.isMap(from)) return unreadable;
      const key = this.#member(from, ["key"]);
      const text = key === undefined ? "" : this.#view.scalar(key);
      const inner = this.#member(from, ["value"]);
      const value = inner === undefined ? undefined : this.value(inner);
      if (typeof text !== "string" || value === unreadable) return unreadable;
      fields.push({
        from,
        ...(key === undefined ? {} : { key: { text, from: key } }),
        ...(value === undefined ? {} : { value }),
      });
    }
    return this.#make.fields(fields);
  }

  /** The `values` of an ArrayValue or KeyValueList. */
  #values(json: V): readonly V[] | undefined {
    if (!this.#view.isMap(json)) return undefined;
    const values = this.#member(json, ["values"]);
    return values === undefined ? [] : this.#view.items(values);
  }

  /** A member by its spellings, of which the first that is there counts; `null` is as if it were absent. */
  #member(json: V, names: readonly string[]): V | undefined {
    for (const name of names) {
      const member = this.#view.member(json, name);
      if (member !== undefined && this.#view.scalar(member) !== null) return member;
    }
    return undefined;
  }
}

type Leaf = { readonly is: "a text" | "a boolean" | "a number" | "bytes"; readonly value: AnyValue } | undefined;

interface Member {
  readonly names: readonly string[];
  readonly read: "list" | "fields" | ((json: unknown) => Leaf);
}

const stringIndex: readonly string[] = ["stringValueStrindex", "string_value_strindex"];

/** The members in the order in which protobuf's JSON decoder takes them; the last that is there wins. */
const members: readonly Member[] = [
  {
    names: ["stringValue", "string_value"],
    read: (json) => (typeof json === "string" ? { is: "a text", value: { stringValue: json } } : undefined),
  },
  {
    names: ["boolValue", "bool_value"],
    read: (json) => (typeof json === "boolean" ? { is: "a boolean", value: { boolValue: json } } : undefined),
  },
  { names: ["intValue", "int_value"], read: (json) => integer(json, 64, (intValue) => ({ intValue })) },
  { names: ["doubleValue", "double_value"], read: double },
  { names: ["arrayValue", "array_value"], read: "list" },
  { names: ["kvlistValue", "kvlist_value"], read: "fields" },
  { names: ["bytesValue", "bytes_value"], read: bytes },
  { names: stringIndex, read: (json) => integer(json, 32, (text) => ({ stringValueStrindex: Number(text) })) },
];

/** A JSON integer (`12`, `12.0`, `1e3`) or a string of digits (not `"12.0"`). */
function integer(json: unknown, bits: 32 | 64, make: (digits: string) => AnyValue): Leaf {
  const isInteger =
    typeof json === "bigint" ||
    (typeof json === "number" && Number.isInteger(json)) ||
    (typeof json === "string" && /^\s*-?(?:0|[1-9]\d{0,19})\s*$/.test(json));
  if (!isInteger) return undefined;
  const value = BigInt(json);
  return BigInt.asIntN(bits, value) === value ? { is: "a number", value: make(value.toString()) } : undefined;
}

function double(json: unknown): Leaf {
  const leaf = (doubleValue: AnyValue["doubleValue"] & {}): Leaf => ({ is: "a number", value: { doubleValue } });
  if (typeof json === "number" || typeof json === "bigint") return leaf(Number(json));
  if (json === "NaN" || json === "Infinity" || json === "-Infinity") return leaf(json);
  const isNumber = typeof json === "string" && /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(json);
  return isNumber ? leaf(Number(json)) : undefined;
}

function bytes(json: unknown): Leaf {
  const padded = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return typeof json === "string" && padded.test(json) ? { is: "bytes", value: { bytesValue: json } } : undefined;
}
