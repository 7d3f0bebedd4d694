import { sortedEntries } from "../source/entries.ts";
import { bareObject, type ListNode, type MapNode, type Node, toJson } from "../source/tree.ts";
import { typeOf } from "./judge-by-schema.ts";
import type { Schema } from "./schema.ts";
import type { Field, SchemaPlace } from "./schema-place.ts";

/** What is known while a document is decoded. */
export interface Reader {
  readonly ignoresCase: boolean;
  /** By the index of the schema. */
  readonly errors: (string | undefined)[];
  /** How often something was refused, also after the first error. */
  refusals: number;
}

/**
 * Makes something of a node by the variants of a place.
 *
 * @param before what the field holds already: a key that comes twice, once in another case, adds to it.
 */
export type Read = (place: SchemaPlace, node: Node, before: unknown, reader: Reader) => unknown;

/** Reads what stands several times in a file once for a place, unless something is wrong in it. */
export function readRepetition(
  place: SchemaPlace,
  original: MapNode | ListNode,
  before: unknown,
  reader: Reader,
  read: Read,
): unknown {
  if (before !== undefined) return read(place, original, before, reader);
  const known = place.decoded.get(original);
  if (known !== undefined) return known;
  const { refusals } = reader;
  const value = read(place, original, before, reader);
  if (value !== undefined && reader.refusals === refusals) place.decoded.set(original, value);
  return value;
}

/** What the only variant of a place makes of a node. */
export const read: Read = (place, node, before, reader) => {
  if (node.kind !== "scalar" && node.original !== node) {
    return readRepetition(place, node.original, before, reader, read);
  }
  if (place.isAnyTextInGo && node.kind === "scalar" && typeof node.value === "string") return node.value;
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
};

/** A struct in the making. */
export type Fields = Record<string, unknown>;

function readStruct(place: SchemaPlace, map: MapNode, before: unknown, reader: Reader): unknown {
  const fields: Fields = before === undefined ? {} : { ...(before as Fields) };
  // Only a key in another case comes to a field that holds something already.
  let mayHold = before !== undefined;
  let zeros = 0;
  for (const { name: key, value: node } of sortedEntries(map)) {
    const field = fieldOf(place, key, reader);
    if (field === undefined) continue;
    const { name, hasZero } = field;
    mayHold ||= name !== key;
    const value = read(field.place, node, mayHold ? fields[name] : undefined, reader);
    if (value === undefined) continue;
    fields[name] = value;
    if (hasZero) zeros++;
  }
  return mayHold || zeros < place.zeroFields ? fillZeros(fields, place.zeros.byVariant[0] as Fields) : fields;
}

/** Sets a field of which something was read. */
export function setField(fields: Fields, name: string, value: unknown): void {
  if (value !== undefined) fields[name] = value;
}

/** Fills in what is no pointer in Go and was not read. */
export function fillZeros(fields: Fields, zeros: Fields): Fields {
  for (const name in zeros) fields[name] ??= zeros[name];
  return fields;
}

function readList(place: SchemaPlace, { items }: ListNode, reader: Reader): unknown {
  const inner = place.items.place;
  const values = items.map(({ value }) => read(inner, value, undefined, reader));
  return fillItems(values, place.zeros.byVariant[0]);
}

/** Puts what stands where nothing was read into a list that was made. */
export function fillItems(values: unknown[], zero: unknown): readonly unknown[] {
  if (zero !== undefined) for (let i = 0; i < values.length; i++) values[i] ??= zero;
  return values;
}

function readMap(place: SchemaPlace, map: MapNode, before: unknown, reader: Reader): unknown {
  const values = bareObject(before as Fields | undefined);
  const inner = place.values.place;
  for (const { name, value } of sortedEntries(map)) {
    values[name] = read(inner, value, undefined, reader) ?? place.zeros.byVariant[0];
  }
  return values;
}

/** The field that a key stands for: the one of its name, or else one that differs in case. */
export function fieldOf(place: SchemaPlace, key: string, { ignoresCase }: Reader): Field | undefined {
  return place.field(key) ?? (ignoresCase ? place.fieldInAnyCase(key) : undefined);
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
function refuse(place: SchemaPlace, error: string, before: unknown, reader: Reader): unknown {
  reader.refusals++;
  for (const root of place.first.roots) reader.errors[root] ??= error;
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
