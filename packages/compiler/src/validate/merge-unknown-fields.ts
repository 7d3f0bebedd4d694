import type { UnknownField } from "./judge-by-schema.ts";
import type { Said } from "./merge-judgements.ts";
import type { ReleaseSet, ReleaseSets } from "./release-sets.ts";
import { isSamePath } from "./violation.ts";

/** A field that some members do not know. */
export interface MergedField {
  readonly field: UnknownField;
  affects: ReleaseSet;
}

/**
 * Joins the fields that groups of members do not know, those of the newest group first.
 *
 * @param said oldest group first.
 * @param sets of the members.
 */
export function mergeUnknownFields(
  said: readonly Said<UnknownField>[],
  { union }: ReleaseSets,
): readonly MergedField[] {
  const newest = said.at(-1);
  if (newest === undefined) return none;
  const merged = newest.list.map((field): MergedField => ({ field, affects: newest.members }));
  const find = finder(merged);
  for (const { list, members } of said.slice(0, -1).reverse()) {
    for (const field of list) {
      const before = find(field);
      if (before === undefined) merged.push({ field, affects: members });
      else before.affects = union(before.affects, members);
    }
  }
  return merged;
}

/** Up to how many fields are looked through; the paths of more are looked up. */
const few = 16;

/** Finds the same field among some that are growing in number. */
function finder(fields: readonly MergedField[]): (field: UnknownField) => MergedField | undefined {
  const byKey = new Map<string, MergedField>();
  let indexed = 0;
  return (field) => {
    if (fields.length <= few) return fields.find((other) => isSame(other.field, field));
    for (const one of fields.slice(indexed)) byKey.set(keyOf(one.field), one);
    indexed = fields.length;
    return byKey.get(keyOf(field));
  };
}

const none: readonly MergedField[] = [];

function keyOf({ at, meant }: UnknownField): string {
  return JSON.stringify([at, meant]);
}

function isSame(a: UnknownField, b: UnknownField): boolean {
  return a.meant === b.meant && isSamePath(a.at, b.at);
}
