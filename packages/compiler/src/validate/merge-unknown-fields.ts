import type { Said } from "./merge-judgements.ts";
import type { ReleaseSet, ReleaseSets } from "./release-sets.ts";
import type { UnknownField } from "./schema.ts";
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
  let known: Map<string, MergedField> | undefined;
  for (const { list, members } of said.slice(0, -1).reverse()) {
    let next = 0;
    for (const field of list) {
      // Mostly one group does not know what the other does not know, in the same order: nothing has to be looked up.
      const expected = merged[next];
      if (expected !== undefined && isSame(expected.field, field)) {
        expected.affects = union(expected.affects, members);
        next++;
        continue;
      }
      known ??= new Map(merged.map((one) => [keyOf(one.field), one]));
      const before = known.get(keyOf(field));
      if (before !== undefined) {
        before.affects = union(before.affects, members);
        continue;
      }
      const added = { field, affects: members };
      known.set(keyOf(field), added);
      merged.push(added);
    }
  }
  return merged;
}

const none: readonly MergedField[] = [];

function keyOf({ at, meant }: UnknownField): string {
  return JSON.stringify([at, meant]);
}

function isSame(a: UnknownField, b: UnknownField): boolean {
  return a.meant === b.meant && isSamePath(a.at, b.at);
}
