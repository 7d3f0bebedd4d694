import type { Code } from "../messages.ts";
import type { LocatedViolation } from "./violation.ts";

/** A violation, and the members that say it, in one wording or several. */
export interface MergedViolation {
  readonly code: PolicyCode;
  /** What the newest of the members says. */
  readonly violation: LocatedViolation;
  /** In no order. */
  readonly affects: readonly string[];
  /** What others of them say instead. */
  readonly variants: readonly { readonly violation: LocatedViolation; readonly affects: readonly string[] }[];
}

export type PolicyCode = Code & (`policy/${string}` | "lint/labels");

/** What some members of a target say of a resource, in their order. */
export interface Said {
  readonly code: PolicyCode;
  readonly violations: readonly LocatedViolation[];
  readonly members: readonly string[];
}

/** A violation in the making: its wordings, newest first. */
interface Entry {
  readonly code: PolicyCode;
  readonly wordings: { readonly violation: LocatedViolation; readonly affects: string[] }[];
}

/**
 * Joins what several groups of members say. A violation that they share is one, and one that stands at the same place
 * in other words is a variant; each group still finds its own in its own order.
 *
 * @param said oldest group first.
 */
export function mergeViolations(said: readonly Said[]): readonly MergedViolation[] {
  const merged = alike(said).reduceRight<readonly Entry[]>(mergeGroup, []);
  return merged.map(({ code, wordings }) => {
    const [newest, ...others] = wordings as [Entry["wordings"][0], ...Entry["wordings"]];
    return {
      code,
      violation: newest.violation,
      affects: wordings.flatMap(({ affects }) => affects),
      variants: others,
    };
  });
}

/** Those that say something; of several in a row that say the very same, one for all their members. */
function alike(said: readonly Said[]): readonly Said[] {
  const groups: Said[] = [];
  for (const one of said) {
    if (one.violations.length === 0) continue;
    const last = groups.at(-1);
    if (last?.violations !== one.violations || last.code !== one.code) groups.push(one);
    else groups[groups.length - 1] = { ...last, members: [...last.members, ...one.members] };
  }
  return groups;
}

function mergeGroup(entries: readonly Entry[], { code, violations, members }: Said): readonly Entry[] {
  const alone = (violation: LocatedViolation): Entry => ({ code, wordings: [{ violation, affects: [...members] }] });
  if (entries.length === 0) return violations.map(alone);
  if (violations.length === 0) return entries;
  const partners = matchInOrder(entries, code, violations);
  const merged: Entry[] = [];
  let next = 0;
  for (const [i, found] of violations.entries()) {
    const partner = partners[i];
    const entry = partner === undefined ? undefined : entries[partner];
    if (partner === undefined || entry === undefined) {
      merged.push(alone(found));
      continue;
    }
    while (next < partner) merged.push(...entries.slice(next, ++next));
    next++;
    const wording = entry.wordings.find(({ violation }) => isSameText(violation, found));
    if (wording === undefined) entry.wordings.push({ violation: found, affects: [...members] });
    else wording.affects.push(...members);
    merged.push(entry);
  }
  return merged.concat(entries.slice(next));
}

/**
 * The entry that each violation belongs to, if any, indices rising: first those with the same text, then, between two of
 * these, those at the same place.
 */
function matchInOrder(
  entries: readonly Entry[],
  code: PolicyCode,
  violations: readonly LocatedViolation[],
): readonly (number | undefined)[] {
  const textKey = ({ field, message, at }: LocatedViolation): string => JSON.stringify([at, field, message]);
  const placeKey = ({ at }: LocatedViolation): string => JSON.stringify(at);
  const byText = indexEntries(entries, code, textKey);
  const byPlace = indexEntries(entries, code, placeKey);

  const sameText: (number | undefined)[] = [];
  let next = 0;
  for (const found of violations) {
    const partner = byText.get(textKey(found))?.find((index) => index >= next);
    sameText.push(partner);
    if (partner !== undefined) next = partner + 1;
  }

  const ends: number[] = [];
  let end = entries.length;
  for (let i = violations.length - 1; i >= 0; i--) {
    ends[i] = end;
    end = sameText[i] ?? end;
  }
  let start = 0;
  return violations.map((found, i) => {
    const between = (index: number): boolean => index >= start && index < (ends[i] ?? 0);
    const partner = sameText[i] ?? byPlace.get(placeKey(found))?.find(between);
    if (partner !== undefined) start = partner + 1;
    return partner;
  });
}

/** The indices of the entries of a code, rising, by what their wordings have in common with a violation. */
function indexEntries(
  entries: readonly Entry[],
  code: PolicyCode,
  keyOf: (violation: LocatedViolation) => string,
): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [i, entry] of entries.entries()) {
    if (entry.code !== code) continue;
    for (const key of new Set(entry.wordings.map(({ violation }) => keyOf(violation)))) {
      const indices = index.get(key) ?? [];
      indices.push(i);
      index.set(key, indices);
    }
  }
  return index;
}

function isSameText(a: LocatedViolation, b: LocatedViolation): boolean {
  return a.field === b.field && a.message === b.message;
}
