import { sortedEntries } from "../source/entries.ts";
import { bareObject, type ListNode, type MapNode, type Node, toJson } from "../source/tree.ts";
import { typeOf } from "./judge-by-schema.ts";
import type { Schema } from "./schema.ts";
import type { Field, Inner, SchemaPlace } from "./schema-place.ts";
import type { Aspect } from "./schema-variants.ts";

/** What Go makes of a document, and what it stumbles over first; it decodes the rest all the same. */
export interface Decoded {
  readonly value: unknown;
  /** The text of `encoding/json`. */
  readonly error: string | undefined;
}

/** What is made of nothing. */
export const nothingDecoded: Decoded = { value: {}, error: undefined };

/** What decoding depends on. */
export const decodedAspects: readonly Aspect[] = ["type", "go", "isValue"];

/**
 * Decodes a document into the Go types of schemas, as `encoding/json` does: keys in the order in which a YAML client
 * sends them (sorted), unknown ones dropped, null as if absent, and what is no pointer there even if it is absent.
 *
 * @param place the root of the schemas.
 * @param ignoresCase whether a key stands for a field that it equals but for case. On Kubernetes such a key does not get
 *   so far: it is pruned.
 * @returns by the index of a schema what is made by it. What several make alike, in the whole or in a part, is one object.
 */
export function decode(place: SchemaPlace, document: Node, ignoresCase: boolean): readonly Decoded[] {
  const reader: Reader = { ignoresCase, errors: [] };
  const values = readAll(place, document, undefined, reader);
  const decoded: Decoded[] = [];
  let last: Decoded | undefined;
  for (const [i, { roots }] of place.variants.entries()) {
    for (const root of roots) {
      const [value, error] = [values[i], reader.errors[root]];
      if (last === undefined || last.value !== value || last.error !== error) last = { value, error };
      decoded[root] = last;
    }
  }
  return decoded;
}

interface Reader {
  readonly ignoresCase: boolean;
  /** By the index of the schema. */
  readonly errors: (string | undefined)[];
}

/**
 * What each variant of a place makes of a node.
 *
 * @param before by variant what the field holds already, if it holds anything: a key that comes twice, once in another
 *   case, adds to it.
 */
function readAll(
  place: SchemaPlace,
  node: Node,
  before: readonly unknown[] | undefined,
  reader: Reader,
): readonly unknown[] {
  if (place.variants.length > 1 && before === undefined) {
    if (place.isStruct && node.kind === "map") return readStructs(place, node, reader);
    if (place.type === "array" && node.kind === "list") return readLists(place, node, reader);
  }
  const values: unknown[] = [];
  for (const one of place.each) values.push(read(one, node, before?.[values.length], reader));
  return values;
}

/** What the variants of the place of a field, or of an item, make of it. */
interface Member<I extends Inner = Inner> {
  readonly inner: I;
  readonly values: readonly unknown[];
}

function readStructs(place: SchemaPlace, map: MapNode, reader: Reader): readonly unknown[] {
  const members: Member<Field>[] = [];
  for (const { name, value } of sortedEntries(map)) {
    const field = fieldOf(place, name, reader);
    if (field === undefined) continue;
    const again = members.findIndex(({ inner }) => inner === field);
    const values = readAll(field.place, value, members[again]?.values, reader);
    members.splice(again < 0 ? members.length : again, 1, { inner: field, values });
  }
  return oneForAlike(place, members, zeroValue, (schema, i) => {
    const fields: Fields = {};
    for (const member of members) setField(fields, member.inner.name, memberOf(member, i));
    return fillZeros(fields, schema);
  });
}

/** What an item of a list holds that nothing was read into. */
const zeroItem = ({ items = {} }: Schema): unknown => zeroValue(items);

function readLists(place: SchemaPlace, { items }: ListNode, reader: Reader): readonly unknown[] {
  const inner = place.items;
  const members = items.map(({ value }) => ({ inner, values: readAll(inner.place, value, undefined, reader) }));
  return oneForAlike(place, members, zeroItem, (schema, i) =>
    members.map((member) => memberOf(member, i) ?? zeroItem(schema)),
  );
}

/**
 * Makes a value for each variant of a place, but one for those that hold the same. This is where the time of a range of
 * releases goes, so that its loops make nothing else.
 *
 * @param zero what stands where nothing was read, by the schema of a variant.
 */
function oneForAlike(
  { variants }: SchemaPlace,
  members: readonly Member[],
  zero: (schema: Schema) => unknown,
  make: (schema: Schema, index: number) => unknown,
): readonly unknown[] {
  const made: unknown[] = [];
  for (const { schema } of variants) {
    const index = made.length;
    let alike = 0;
    for (let other = variants[0]; alike < index; other = variants[++alike]) {
      if (areAlike(members, alike, index) && other !== undefined && zero(other.schema) === zero(schema)) break;
    }
    made.push(alike === index ? make(schema, index) : made[alike]);
  }
  return made;
}

/** Whether two variants hold the same. */
function areAlike(members: readonly Member[], i: number, j: number): boolean {
  for (const member of members) if (memberOf(member, i) !== memberOf(member, j)) return false;
  return true;
}

function memberOf({ inner: { variantOf }, values }: Member, variant: number): unknown {
  return values[variantOf[variant] ?? -1];
}

/**
 * What the only variant of a place makes of a node.
 *
 * @param before what the field holds already.
 */
function read(place: SchemaPlace, node: Node, before: unknown, reader: Reader): unknown {
  const { type, properties, go } = place.first.schema;
  if (type === undefined) return toJson(node) ?? undefined;
  if (node.kind === "scalar" && node.value === null) return before;
  switch (type) {
    case "object":
      if (node.kind !== "map") return fail(place, node, before, reader);
      return properties === undefined ? readMap(place, node, before, reader) : readStruct(place, node, before, reader);
    case "array":
      return node.kind === "list" ? readList(place, node, reader) : fail(place, node, before, reader);
    case "string":
      if (node.kind !== "scalar" || typeof node.value !== "string") return fail(place, node, before, reader);
      if (go === "time.Time" && !isTime(node.value)) {
        return refuse(
          place,
          `parsing time ${JSON.stringify(JSON.stringify(node.value))} as "\\"2006-01-02T15:04:05Z07:00\\"": cannot parse`,
          before,
          reader,
        );
      }
      return node.value;
    case "boolean":
      return node.kind === "scalar" && typeof node.value === "boolean" ? node.value : fail(place, node, before, reader);
  }
}

type Fields = Record<string, unknown>;

function readStruct(place: SchemaPlace, map: MapNode, before: unknown, reader: Reader): unknown {
  const fields: Fields = { ...(before as Fields | undefined) };
  for (const { name, value } of sortedEntries(map)) {
    const field = fieldOf(place, name, reader);
    if (field !== undefined) setField(fields, field.name, read(field.place, value, fields[field.name], reader));
  }
  return fillZeros(fields, place.first.schema);
}

function setField(fields: Fields, name: string, value: unknown): void {
  if (value !== undefined) fields[name] = value;
}

/** Fills in what is no pointer in Go and was not read. */
function fillZeros(fields: Fields, schema: Schema): Fields {
  const zeros = zeroValue(schema) as Fields;
  for (const name in zeros) fields[name] ??= zeros[name];
  return fields;
}

function readList(place: SchemaPlace, { items }: ListNode, reader: Reader): unknown {
  const inner = place.items.place;
  return items.map(({ value }) => read(inner, value, undefined, reader) ?? zeroValue(inner.first.schema));
}

function readMap(place: SchemaPlace, map: MapNode, before: unknown, reader: Reader): unknown {
  const values = bareObject(before as Fields | undefined);
  const inner = place.values.place;
  for (const { name, value } of sortedEntries(map)) {
    values[name] = read(inner, value, undefined, reader) ?? zeroValue(inner.first.schema);
  }
  return values;
}

/** The field that a key stands for: the one of its name, or else one that differs in case. */
function fieldOf(place: SchemaPlace, key: string, { ignoresCase }: Reader): Field | undefined {
  return place.field(key) ?? (ignoresCase ? place.fieldInAnyCase(key) : undefined);
}

const zeroValues = new WeakMap<Schema, unknown>();
const zeroStructs = new Map<string, Fields>();

/** What a value of a type holds that nothing was read into; one for all that are equal, so it is never written to. */
function zeroValue(schema: Schema): unknown {
  if (schema.type === "string") return "";
  if (schema.properties === undefined) return undefined;
  const known = zeroValues.get(schema);
  if (known !== undefined) return known;
  const fields = Object.entries(schema.properties).flatMap(([name, property]) => {
    // Absent, a pointer stays absent.
    const value = property.isValue === true ? zeroValue(property) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const made = Object.fromEntries(fields);
  const key = JSON.stringify(made);
  const zero = zeroStructs.get(key) ?? made;
  zeroStructs.set(key, zero);
  zeroValues.set(schema, zero);
  return zero;
}

function fail(place: SchemaPlace, node: Node, before: unknown, reader: Reader): unknown {
  const { schema, struct } = place.first;
  const type = typeOf(node);
  const actual = type === "boolean" ? "bool" : type;
  const where =
    struct === undefined ? "Go value" : `Go struct field ${struct.replace(/^.*\./, "")}.${place.way.join(".")}`;
  const error =
    schema.go === "time.Time"
      ? "Time.UnmarshalJSON: input is not a JSON string"
      : `json: cannot unmarshal ${actual} into ${where} of type ${goType(schema)}`;
  return refuse(place, error, before, reader);
}

/** Keeps an error for the schemas of a place that have none before it; the field stays as it is. */
function refuse(place: SchemaPlace, error: string, before: unknown, { errors }: Reader): unknown {
  for (const root of place.first.roots) errors[root] ??= error;
  return before;
}

function goType({ type, go, items = {}, additionalProperties = {} }: Schema): string {
  if (go !== undefined) return go;
  if (type === undefined) return "string";
  switch (type) {
    case "array":
      return `[]${goType(items)}`;
    case "object":
      return `map[string]${goType(additionalProperties)}`;
    case "boolean":
      return "bool";
    case "string":
      return "string";
  }
}

/** What Go's time.Time takes: RFC 3339. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
}
