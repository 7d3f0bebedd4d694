import type { MatchFacts } from "../../src/kuma/match-facts.ts";

/** Tags as `[key, value, negative?]`. */
export type PlainTag = readonly [key: string, value: string, isNegative: boolean];
type Subset = readonly PlainTag[];

/** A rule, and the items that are merged to it. */
export interface PlainRule {
  readonly subset: Subset;
  readonly items: readonly number[];
}

/**
 * The rules of items by their tags, as `BuildRules` of Kuma defines them (core/rules/rules.go), the long way: every set of
 * items is tried as a group, every number as a combination of tags, and every item for every rule.
 */
export function plainRules(items: readonly Subset[], facts: MatchFacts, withNegations: boolean): readonly PlainRule[] {
  const keys = new Set(items.flat().map(([key]) => key));
  const isShort = !withNegations && facts.toRules === "named-subsets" && keys.size <= 1;
  const subsets = isShort
    ? unique(items)
    : groups(items, facts).flatMap((group) => combinations(unique(group.flatMap((i) => items[i] ?? [])), facts));
  return subsets
    .map((subset) => ({
      subset,
      items: [...items.keys()].filter((i) => isSubset(items[i] ?? [], subset, facts)),
    }))
    .filter((rule) => rule.items.length > 0)
    .sort((a, b) => positives(b.subset) - positives(a.subset));
}

/** The first rule that some traffic is in. */
export function lookUp(
  rules: readonly PlainRule[],
  element: Readonly<Record<string, string>>,
  facts: MatchFacts,
): PlainRule | undefined {
  if (facts.tagLookup === "subset") {
    const tags = Object.entries(element).map(([key, value]): PlainTag => [key, value, false]);
    return rules.find(({ subset }) => isSubset(subset, tags, facts));
  }
  return rules.find(({ subset }) => {
    if (subset.length === 0) return true;
    if (Object.keys(element).length === 0) return false;
    const shared = subset.filter(([key]) => key in element);
    const others = subset.filter(([key]) => !(key in element));
    const agrees = shared.every(([key, value, isNegative]) => (element[key] === value) === !isNegative);
    return agrees && others.every(([, , isNegative]) => isNegative) && (shared.length > 0 || positives(subset) === 0);
  });
}

function positives(subset: Subset): number {
  return subset.filter(([, , isNegative]) => !isNegative).length;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return values.filter((value, i) => values.findIndex((other) => sameText(other) === sameText(value)) === i);
}

function sameText(value: unknown): string {
  return JSON.stringify(Array.isArray(value) && Array.isArray(value[0]) ? [...(value as unknown[])].sort() : value);
}

/** Sets of nodes in which all hang together, that no other such set holds. */
function groups(items: readonly Subset[], facts: MatchFacts): readonly (readonly number[])[] {
  const nodes = [...items.keys()];
  if (facts.tagGroups === "one") return [nodes];
  const meet = (i: number, j: number): boolean =>
    intersect(items[i] ?? [], items[j] ?? [], facts) || intersect(items[j] ?? [], items[i] ?? [], facts);
  const sets = Array.from({ length: 2 ** items.length - 1 }, (_, n) => nodes.filter((i) => ((n + 1) >> i) & 1));
  const isGroup = (set: readonly number[]): boolean =>
    facts.tagGroups === "cliques" ? set.every((i) => set.every((j) => i === j || meet(i, j))) : isConnected(set, meet);
  const found = sets.filter(isGroup);
  return found
    .filter((set) => !found.some((other) => other.length > set.length && set.every((i) => other.includes(i))))
    .sort((a, b) => (a.join(":") < b.join(":") ? 1 : -1));
}

function isConnected(set: readonly number[], meet: (i: number, j: number) => boolean): boolean {
  let reached = set.slice(0, 1);
  for (;;) {
    const more = set.filter((i) => reached.some((j) => i === j || meet(i, j)));
    if (more.length === reached.length) return more.length === set.length;
    reached = more;
  }
}

function intersect(a: Subset, b: Subset, { tagIntersection }: MatchFacts): boolean {
  for (const [key, value] of b.length === 0 ? [] : a) {
    const others = b.filter(([other]) => other === key).map(([, other]) => other);
    if (others.length === 0 && tagIntersection === "first-lacking-key") return true;
    if (others.some((other) => other !== value)) return false;
  }
  return true;
}

/** What the tags tell apart, in the order of the count. */
function combinations(tags: readonly PlainTag[], { partitionOrder }: MatchFacts): readonly Subset[] {
  const sorted = [...tags].sort(([a, x], [b, y]) => (a !== b ? (a < b ? -1 : 1) : x < y ? -1 : 1));
  const keys = unique(sorted.map(([key]) => key));
  if (partitionOrder === "by-tags") {
    const numbers = Array.from({ length: 2 ** sorted.length }, (_, n) => (n + 1) % 2 ** sorted.length);
    return numbers.flatMap((number) => {
      const signed = sorted.map(([key, value], i): PlainTag => [key, value, ((number >> i) & 1) === 1]);
      const byKey = keys.map((key) => signed.filter((tag) => tag[0] === key));
      if (byKey.some((tagsOfKey) => positives(tagsOfKey) > 1)) return [];
      // A positive tag says all that the negative ones of its key do.
      return [
        byKey.flatMap((ofKey) => (positives(ofKey) === 0 ? ofKey : ofKey.filter(([, , isNegative]) => !isNegative))),
      ];
    });
  }
  const [first = [], ...rest] = keys.reduce<readonly Subset[]>(
    (before, key) => {
      const values = sorted.filter((tag) => tag[0] === key).map(([, value]) => value);
      const choices: readonly Subset[] = [
        ...values.toReversed().map((value): Subset => [[key, value, false]]),
        values.map((value): PlainTag => [key, value, true]),
      ];
      return choices.flatMap((choice) => before.map((one) => [...one, ...choice]));
    },
    [[]],
  );
  return [...rest, first];
}

/** `IsSubset` of three ages. */
function isSubset(outer: Subset, inner: Subset, { tagContainment }: MatchFacts): boolean {
  return outer.every(([key, value, isNegative]) => {
    const others = inner.filter(([other]) => other === key);
    const fails = others.some(([, otherValue, otherIsNegative]) => {
      const isSame = value === otherValue;
      const clash = isSame && isNegative !== otherIsNegative;
      switch (tagContainment) {
        case "other-is-negative":
          return clash || (!isSame && !otherIsNegative);
        case "one-is-negative":
          return clash || (!isSame && !otherIsNegative && !isNegative);
        case "implied":
          return clash || (!isSame && !(isNegative && !otherIsNegative));
      }
    });
    return others.length > 0 && !fails;
  });
}
