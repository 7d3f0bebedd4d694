/**
 * What Kuma makes of the body of an OpenTelemetry logger: it reads the raw JSON of the policy as protobuf JSON of OTLP's
 * `AnyValue`, and falls back to the raw text as one string (meshaccesslog/plugin/xds/configurer.go:286@v2.14.3,
 * pkg/util/proto/proto.go:54@v2.14.3).
 */
import type { Span } from "@meshlog/parser";
import type { MapEntry, MapNode, Node, ScalarNode } from "../source/tree.ts";
import type { Path } from "./violation.ts";

/** A body as Kuma reads it. */
export type Body =
  /** There is none, or one that names no member of an AnyValue: the default format stands in its place. */
  | { readonly kind: "default" }
  | { readonly kind: "value"; readonly value: BodyValue }
  /** It is no AnyValue: its JSON text is the body. */
  | { readonly kind: "raw"; readonly body: Value };

/** An AnyValue with the places that it comes from. */
export type BodyValue =
  | { readonly kind: "text"; readonly node: ScalarNode; readonly at: Path }
  | RefusedValue
  | { readonly kind: "list"; readonly items: readonly BodyValue[] }
  | { readonly kind: "fields"; readonly fields: readonly BodyField[] };

/** A value that Envoy takes in no access log. */
export interface RefusedValue extends Span {
  readonly kind: "refused";
  readonly is: "a boolean" | "a number" | "bytes" | "nothing";
  readonly at: Path;
  /** The member (`intValue: 5`) of a value that is there. */
  readonly member?: MapEntry;
}

export interface BodyField {
  readonly key?: { readonly node: ScalarNode; readonly at: Path };
  readonly value: BodyValue;
}

interface Value {
  readonly node: Node;
  readonly at: Path;
}

/** Reads a body; what an alias repeats is read once. */
export function readBody(body: Value | undefined): Body {
  if (body === undefined || isNull(body.node)) return { kind: "default" };
  const value = anyValue(body, body.node, new Map());
  if (value === unreadable) return { kind: "raw", body };
  // Without any member the default stays: the target of the reading is not reset first.
  return value.kind === "refused" && value.is === "nothing" ? { kind: "default" } : { kind: "value", value };
}

const unreadable: unique symbol = Symbol("not an AnyValue");
type Read = BodyValue | typeof unreadable;
type Known = Map<Node, Read>;

type Reader = (member: Value, entry: MapEntry, known: Known) => Read;

/** The members in the order in which protobuf's JSON decoder takes them; the last that is there wins. */
const members: readonly { readonly names: readonly [string, string]; readonly read: Reader }[] = [
  {
    names: ["stringValue", "string_value"],
    read: ({ node, at }) => (isText(node) ? { kind: "text", node, at } : unreadable),
  },
  { names: ["boolValue", "bool_value"], read: leaf("a boolean", (value) => typeof value === "boolean") },
  { names: ["intValue", "int_value"], read: leaf("a number", isInteger) },
  { names: ["doubleValue", "double_value"], read: leaf("a number", isDouble) },
  { names: ["arrayValue", "array_value"], read: readList },
  { names: ["kvlistValue", "kvlist_value"], read: readFields },
  { names: ["bytesValue", "bytes_value"], read: leaf("bytes", isBase64) },
];

function anyValue(value: Value, place: Span, known: Known): Read {
  const before = known.get(value.node);
  if (before !== undefined) return before;
  const read = readAnyValue(value, place, known);
  known.set(value.node, read);
  return read;
}

function readAnyValue({ node, at }: Value, { start, end }: Span, known: Known): Read {
  const nothing: RefusedValue = { kind: "refused", is: "nothing", start, end, at };
  if (isNull(node)) return nothing;
  if (node.kind !== "map") return unreadable;
  let found: BodyValue = nothing;
  for (const { names, read } of members) {
    const entry = member(node, ...names);
    if (entry === undefined) continue;
    const value = read({ node: entry.value, at: [...at, entry.name] }, entry, known);
    if (value === unreadable) return unreadable;
    found = value;
  }
  return found;
}

function leaf(is: "a boolean" | "a number" | "bytes", fits: (value: unknown) => boolean): Reader {
  return ({ node, at }, entry) =>
    node.kind === "scalar" && fits(node.value)
      ? { kind: "refused", is, start: entry.key.start, end: node.end, at, member: entry }
      : unreadable;
}

function readList(list: Value, _: MapEntry, known: Known): Read {
  const values = valuesOf(list);
  if (values === unreadable) return unreadable;
  const items: BodyValue[] = [];
  for (const value of values) {
    const item = anyValue(value, value.node, known);
    if (item === unreadable) return unreadable;
    items.push(item);
  }
  return { kind: "list", items };
}

function readFields(list: Value, _: MapEntry, known: Known): Read {
  const values = valuesOf(list);
  if (values === unreadable) return unreadable;
  const fields: BodyField[] = [];
  for (const { node, at } of values) {
    if (node.kind !== "map") return unreadable;
    const key = member(node, "key")?.value;
    const inner = member(node, "value");
    const place = inner?.key ?? node.entries[0]?.key ?? node;
    const value: Read =
      inner === undefined
        ? { kind: "refused", is: "nothing", start: place.start, end: place.end, at }
        : anyValue({ node: inner.value, at: [...at, "value"] }, place, known);
    if (value === unreadable || (key !== undefined && !isText(key))) return unreadable;
    fields.push({ ...(key === undefined ? {} : { key: { node: key, at: [...at, "key"] } }), value });
  }
  return { kind: "fields", fields };
}

/** The `values` of an ArrayValue or KeyValueList. */
function valuesOf({ node, at }: Value): readonly Value[] | typeof unreadable {
  if (node.kind !== "map") return unreadable;
  const values = member(node, "values");
  if (values === undefined) return [];
  if (values.value.kind !== "list") return unreadable;
  return values.value.items.map(({ value }, i) => ({ node: value, at: [...at, "values", i] }));
}

/** A member by its spellings, of which the first that is there counts; `null` is as if it were absent. */
function member(node: MapNode, ...names: readonly string[]): MapEntry | undefined {
  for (const name of names) {
    const entry = node.entry(name);
    if (entry !== undefined && !isNull(entry.value)) return entry;
  }
  return undefined;
}

/** A JSON integer (`12`, `12.0`, `1e3`) or a string of digits (not `"12.0"`), of 64 bits. */
function isInteger(value: unknown): boolean {
  const fits =
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isInteger(value)) ||
    (typeof value === "string" && /^\s*-?(?:0|[1-9]\d{0,19})\s*$/.test(value));
  if (!fits) return false;
  const integer = BigInt(value);
  return BigInt.asIntN(64, integer) === integer;
}

function isDouble(value: unknown): boolean {
  if (typeof value === "number" || typeof value === "bigint") return true;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return true;
  return typeof value === "string" && /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(value);
}

function isBase64(value: unknown): boolean {
  const padded = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return typeof value === "string" && padded.test(value);
}

function isText(node: Node): node is ScalarNode {
  return node.kind === "scalar" && typeof node.value === "string";
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}
