import { type Roots, rootsOf } from "./roots.ts";
import type { Schema } from "./schema.ts";

/** One of the schemas of a place. */
export interface Variant {
  readonly schema: Schema;
  /** Which of the schemas that are walked together say this here. */
  readonly roots: Roots;
  /** The Go type that the value is a field of. */
  readonly struct: string | undefined;
}

/** A key of a schema, beside those that hold schemas, that decides what is made of a document. */
export type Aspect = Exclude<keyof Schema, "properties" | "items" | "additionalProperties">;

/**
 * The distinct ones of some variants, with the roots of all that are alike.
 *
 * @param aspects what schemas have to have in common to be alike.
 * @returns the index of the one that each variant became, too.
 */
export function distinctVariants(
  all: readonly Variant[],
  aspects: readonly Aspect[],
): { readonly variants: readonly Variant[]; readonly indices: readonly number[] } {
  const groups: { readonly first: Variant; readonly roots: number[] }[] = [];
  const indices = all.map((variant) => {
    const index = groups.findIndex(({ first }) => areAlike(first, variant, aspects));
    groups[index]?.roots.push(...variant.roots);
    return index >= 0 ? index : groups.push({ first: variant, roots: [...variant.roots] }) - 1;
  });
  return { variants: groups.map(({ first, roots }) => ({ ...first, roots: rootsOf(roots) })), indices };
}

function areAlike(a: Variant, b: Variant, aspects: readonly Aspect[]): boolean {
  return (!aspects.includes("go") || a.struct === b.struct) && areSame(a.schema, b.schema, aspects);
}

function areSame(a: Schema | undefined, b: Schema | undefined, aspects: readonly Aspect[]): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return (
    aspects.every((aspect) => String(a[aspect]) === String(b[aspect])) &&
    areSame(a.items, b.items, aspects) &&
    areSame(a.additionalProperties, b.additionalProperties, aspects) &&
    haveSameFields(a.properties, b.properties, aspects)
  );
}

function haveSameFields(a: Schema["properties"], b: Schema["properties"], aspects: readonly Aspect[]): boolean {
  if (a === undefined || b === undefined) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => areSame(a[name], b[name], aspects));
}

/** Whether a schema takes any value, whatever is in it. */
export function isAnything({ type, enum: values, properties, items, additionalProperties }: Schema): boolean {
  return [type, values, properties, items, additionalProperties].every((limit) => limit === undefined);
}

/** Whether a schema takes any text. */
export function isAnyText({ type, enum: values, minLength, maxLength, pattern, format }: Schema): boolean {
  const limits = [values, minLength, maxLength, pattern, format];
  return (type === undefined || type === "string") && limits.every((limit) => limit === undefined);
}

/** Whether a schema knows its fields alone, and no other name. */
export function isClosed({ properties, additionalProperties }: Schema): boolean {
  return properties !== undefined && additionalProperties === undefined;
}
