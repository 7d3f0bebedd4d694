import type { Schema } from "./schema.ts";

const known = new WeakMap<Schema, unknown>();
const structs = new Map<string, object>();

/** What a value of a Go type holds that nothing was read into; one for all that are equal, so it is never written to. */
function zeroValue(schema: Schema): unknown {
  if (schema.type === "string") return "";
  if (schema.properties === undefined) return undefined;
  const before = known.get(schema);
  if (before !== undefined) return before;
  const fields = Object.entries(schema.properties).flatMap(([name, property]) => {
    // Absent, a pointer stays absent.
    const value = property.isValue === true ? zeroValue(property) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const made = Object.fromEntries(fields);
  const key = JSON.stringify(made);
  const zero = structs.get(key) ?? made;
  structs.set(key, zero);
  known.set(schema, zero);
  return zero;
}

/** What stands where nothing was read: in the fields of structs, in the items of lists, at the names of maps. */
export interface Zeros {
  /** By variant. */
  readonly byVariant: readonly unknown[];
  readonly areSame: boolean;
}

export function zerosOf(schemas: readonly Schema[]): Zeros {
  const byVariant = schemas.map((schema) => zeroValue(schema.items ?? schema.additionalProperties ?? schema));
  return { byVariant, areSame: byVariant.every((zero) => zero === byVariant[0]) };
}
