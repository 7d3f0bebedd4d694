import type { Json } from "../source/tree.ts";
import { foldName } from "./fold-name.ts";
import { isList, isMap, type JsonMap, type Schema, typeOf } from "./schema.ts";

/** What Go makes of a document, and what it stumbles over first; it decodes the rest all the same. */
export interface Decoded {
  readonly value: unknown;
  /** The text of `encoding/json`. */
  readonly error?: string;
}

/**
 * Decodes a document into the Go types of a schema, as `encoding/json` does: keys in the order in which a YAML client
 * sends them (sorted), unknown ones dropped, null as if absent, and what is no pointer there even if it is absent.
 *
 * @param ignoresCase whether a key stands for a field that it equals but for case. On Kubernetes such a key does not get
 *   so far: it is pruned.
 */
export function decode(schema: Schema, document: Json, ignoresCase: boolean): Decoded {
  const reader: Reader = { ignoresCase, error: undefined };
  const value = read(schema, document, undefined, undefined, reader);
  return { value, ...(reader.error === undefined ? {} : { error: reader.error }) };
}

interface Reader {
  readonly ignoresCase: boolean;
  error: string | undefined;
}

/** Where the decoder is, as its errors name it: a field of a struct, and the place of that. */
interface Place {
  readonly struct: string | undefined;
  readonly field: string;
  readonly outer: Place | undefined;
}

/** @param before what the field holds already: a key that comes twice, once in another case, adds to it. */
function read(schema: Schema, value: Json, before: unknown, place: Place | undefined, reader: Reader): unknown {
  if (schema.type === undefined) return value ?? undefined;
  if (value === null) return before;
  switch (schema.type) {
    case "object":
      if (!isMap(value)) return fail(schema, value, before, place, reader);
      return schema.properties === undefined
        ? readMap(schema, value, before, place, reader)
        : readStruct(schema, value, before, place, reader);
    case "array": {
      const { items = {} } = schema;
      if (!isList(value)) return fail(schema, value, before, place, reader);
      return value.map((item) => read(items, item, zeroValue(items), place, reader));
    }
    case "string":
      if (typeof value !== "string") return fail(schema, value, before, place, reader);
      if (schema.go === "time.Time" && !isTime(value)) {
        reader.error ??= `parsing time ${JSON.stringify(JSON.stringify(value))} as "\\"2006-01-02T15:04:05Z07:00\\"": cannot parse`;
        return before;
      }
      return value;
    case "boolean":
      return typeof value === "boolean" ? value : fail(schema, value, before, place, reader);
  }
}

function readStruct(
  schema: Schema,
  value: JsonMap,
  before: unknown,
  place: Place | undefined,
  reader: Reader,
): unknown {
  const { properties = {} } = schema;
  const fields: Record<string, unknown> = { ...(before ?? zeroValue(schema) ?? {}) };
  for (const key of inOrder(Object.keys(value))) {
    const name = fieldNamed(properties, key, reader.ignoresCase);
    const property = name === undefined ? undefined : properties[name];
    if (name === undefined || property === undefined) continue;
    const inner = value[key] ?? null;
    if (typeof inner === "string" && property.type === "string" && property.go !== "time.Time") {
      fields[name] = inner;
      continue;
    }
    const here = { struct: schema.go, field: name, outer: place };
    const found = read(property, inner, fields[name], here, reader);
    if (found !== undefined) fields[name] = found;
  }
  return fields;
}

/** Sorts the keys of a map in place, of which most have few. */
function inOrder(keys: string[]): readonly string[] {
  if (keys.length > 8) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? "";
    let place = i;
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place--] = before;
    }
    keys[place] = key;
  }
  return keys;
}

function readMap(schema: Schema, value: JsonMap, before: unknown, place: Place | undefined, reader: Reader): unknown {
  const { additionalProperties = {} } = schema;
  const map: Record<string, unknown> = Object.assign(Object.create(null) as Record<string, unknown>, before);
  for (const key of Object.keys(value).sort()) {
    map[key] = read(additionalProperties, value[key] ?? null, zeroValue(additionalProperties), place, reader);
  }
  return map;
}

/** The field that a key stands for: the one of its name, or else one that differs in case. */
function fieldNamed(properties: object, key: string, ignoresCase: boolean): string | undefined {
  if (Object.hasOwn(properties, key)) return key;
  return ignoresCase ? Object.keys(properties).find((name) => foldName(name) === foldName(key)) : undefined;
}

/** What a field holds that nothing was read into; undefined for a pointer. */
function zero(schema: Schema): unknown {
  return schema.isValue === true ? zeroValue(schema) : undefined;
}

const zeroValues = new WeakMap<Schema, unknown>();

/** What a value of a type holds that nothing was read into; one for all, so it is never written to. */
function zeroValue(schema: Schema): unknown {
  if (schema.type === "string") return "";
  if (schema.properties === undefined) return undefined;
  const known = zeroValues.get(schema);
  if (known !== undefined) return known;
  const fields: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = zero(property);
    if (value !== undefined) fields[name] = value;
  }
  zeroValues.set(schema, fields);
  return fields;
}

function fail(schema: Schema, value: Json, before: unknown, place: Place | undefined, reader: Reader): unknown {
  const type = typeOf(value);
  const actual = type === "boolean" ? "bool" : type;
  const where =
    place?.struct === undefined
      ? "Go value"
      : `Go struct field ${place.struct.replace(/^.*\./, "")}.${fieldsOf(place).join(".")}`;
  reader.error ??=
    schema.go === "time.Time"
      ? "Time.UnmarshalJSON: input is not a JSON string"
      : `json: cannot unmarshal ${actual} into ${where} of type ${goType(schema)}`;
  return before;
}

/** The fields on the way to a place, from the outermost. */
function fieldsOf(place: Place): readonly string[] {
  const fields: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.outer) fields.push(at.field);
  return fields.reverse();
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
