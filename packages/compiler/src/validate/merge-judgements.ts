import type { Code } from "../messages.ts";
import type { Judgement } from "./judge-policy.ts";
import type { ReleaseSet, ReleaseSets } from "./release-sets.ts";
import { isSamePath, type LocatedViolation } from "./violation.ts";

/** A violation, and the members that say it, in one wording or several. */
export interface MergedViolation {
  readonly code: PolicyCode;
  /** What the newest of the members says. */
  readonly violation: LocatedViolation;
  readonly affects: ReleaseSet;
  /** What others of them say instead. */
  readonly variants: readonly Wording[];
}

/** What some members say. */
interface Wording {
  readonly violation: LocatedViolation;
  readonly affects: ReleaseSet;
}

export type PolicyCode = Code & (`policy/${string}` | "lint/labels");

/** What members of one behaviour make of a resource. */
export interface Judged {
  readonly judgement: Judgement;
  readonly members: ReleaseSet;
}

/** What some members say of a resource, in their order. */
export interface Said<T = LocatedViolation> {
  readonly code: PolicyCode;
  readonly list: readonly T[];
  readonly members: ReleaseSet;
}

/**
 * A list of each judgement, where there is something in it; of several in a row that have the very same, one for all their
 * members.
 *
 * @param code that of the judgement, if it is no other.
 */
export function saidIn<T>(
  judged: readonly Judged[],
  listOf: (judgement: Judgement) => readonly T[],
  { union }: ReleaseSets,
  code?: PolicyCode,
): readonly Said<T>[] {
  let groups: Said<T>[] | undefined;
  for (const { judgement, members } of judged) {
    const list = listOf(judgement);
    if (list.length === 0) continue;
    const one = { code: code ?? judgement.code, list, members };
    const last = groups?.at(-1);
    if (groups === undefined) groups = [one];
    else if (last?.list !== list || last.code !== one.code) groups.push(one);
    else groups[groups.length - 1] = { ...one, members: union(last.members, members) };
  }
  return groups ?? nothingSaid;
}

const nothingSaid: readonly [] = [];

/** A violation in the making: its wordings, newest first. */
interface Entry {
  readonly code: PolicyCode;
  readonly wordings: { readonly violation: LocatedViolation; affects: ReleaseSet }[];
}

/**
 * Joins what several groups of members say. A violation that they share is one, and one that stands at the same place
 * in other words is a variant; each group still finds its own in its own order.
 *
 * @param said oldest group first; each says something.
 * @param sets of the members.
 */
export function mergeViolations(said: readonly Said[], { union }: ReleaseSets): readonly MergedViolation[] {
  const newest = said.at(-1);
  if (newest === undefined) return none;
  let entries = newest.list.map((violation) => alone(violation, newest));
  for (let i = said.length - 2; i >= 0; i--) entries = mergeGroup(entries, said[i] ?? newest, union);
  return entries.map(({ code, wordings }) => {
    const [newest, ...variants] = wordings as [Wording, ...Wording[]];
    const affects = variants.reduce((all, other) => union(all, other.affects), newest.affects);
    return { code, violation: newest.violation, affects, variants };
  });
}

const none: readonly MergedViolation[] = [];

function alone(violation: LocatedViolation, { code, members }: Said): Entry {
  return { code, wordings: [{ violation, affects: members }] };
}

function mergeGroup(entries: Entry[], said: Said, union: ReleaseSets["union"]): Entry[] {
  // Mostly groups begin alike, or are alike: only what follows has to be looked up.
  const alike = mergeAlike(entries, said, union);
  if (alike === said.list.length) return entries;
  const rest = mergeRest(entries.slice(alike), { ...said, list: said.list.slice(alike) }, union);
  return entries.slice(0, alike).concat(rest);
}

/** Merges violations from the first on as long as they are what the entries say, one by one; returns how many that are. */
function mergeAlike(entries: readonly Entry[], { code, list, members }: Said, union: ReleaseSets["union"]): number {
  let alike = 0;
  for (const found of list) {
    const entry = entries[alike];
    const same = entry?.code === code ? entry.wordings.find(({ violation }) => isSame(violation, found)) : undefined;
    if (same === undefined) break;
    same.affects = union(same.affects, members);
    alike++;
  }
  return alike;
}

function mergeRest(entries: readonly Entry[], said: Said, union: ReleaseSets["union"]): readonly Entry[] {
  const { code, list: violations, members } = said;
  const partners = matchInOrder(entries, code, violations);
  const merged: Entry[] = [];
  let next = 0;
  for (const [i, found] of violations.entries()) {
    const partner = partners[i];
    const entry = partner === undefined ? undefined : entries[partner];
    if (partner === undefined || entry === undefined) {
      merged.push(alone(found, said));
      continue;
    }
    for (const passed of entries.slice(next, partner)) merged.push(passed);
    next = partner + 1;
    const wording = entry.wordings.find(({ violation }) => isSameText(violation, found));
    if (wording === undefined) entry.wordings.push({ violation: found, affects: members });
    else wording.affects = union(wording.affects, members);
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
  const { byText, byPlace } = entries.length <= few ? lookThrough(entries, code) : lookUp(entries, code);

  const sameText: (number | undefined)[] = [];
  let next = 0;
  for (const found of violations) {
    const partner = byText(found, next, entries.length);
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
    const partner = sameText[i] ?? byPlace(found, start, ends[i] ?? 0);
    if (partner !== undefined) start = partner + 1;
    return partner;
  });
}

/** Up to how many entries are looked through; more are looked up by keys. */
const few = 16;

/** Finds the first entry from one index on, and before another, that has something in common with a violation. */
type Find = (violation: LocatedViolation, from: number, to: number) => number | undefined;

/** Finds entries of one code: those with the same text, or those at the same place. */
interface Finders {
  readonly byText: Find;
  readonly byPlace: Find;
}

function lookThrough(entries: readonly Entry[], code: PolicyCode): Finders {
  const finder =
    (isAlike: typeof isSame): Find =>
    (found, from, to) => {
      for (let i = from; i < to; i++) {
        const entry = entries[i];
        if (entry?.code === code && entry.wordings.some(({ violation }) => isAlike(violation, found))) return i;
      }
      return undefined;
    };
  return { byText: finder(isSame), byPlace: finder((a, b) => isSamePath(a.at, b.at)) };
}

function lookUp(entries: readonly Entry[], code: PolicyCode): Finders {
  const finder = (keyOf: (violation: LocatedViolation) => string): Find => {
    const indices = indexEntries(entries, code, keyOf);
    return (found, from, to) => indices.get(keyOf(found))?.find((index) => index >= from && index < to);
  };
  return {
    byText: finder(({ field, message, at }) => JSON.stringify([at, field, message])),
    byPlace: finder(({ at }) => JSON.stringify(at)),
  };
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

function isSame(a: LocatedViolation, b: LocatedViolation): boolean {
  return isSameText(a, b) && isSamePath(a.at, b.at);
}

function isSameText(a: LocatedViolation, b: LocatedViolation): boolean {
  return a.field === b.field && a.message === b.message;
}
