import type { MatchFacts } from "../kuma/match-facts.ts";
import type { TargetRef } from "../validate/policy.ts";

/** A tag that traffic has, or has with another value or not at all. */
export interface Tag {
  readonly key: string;
  readonly value: string;
  readonly isNegative: boolean;
}

/** The traffic that satisfies all these tags: all there is, without any. */
export type TagSubset = readonly Tag[];

/** The tags of some traffic. */
export type Element = Readonly<Record<string, string>>;

/**
 * The traffic that an item is for, by tags; `undefined` for a kind that is not told by them: such items select real
 * resources only (`asSubset`, pkg/plugins/policies/core/rules/rules.go:543@v2.14.3).
 */
export function subsetOf({ kind, name = "", tags = {} }: TargetRef): TagSubset | undefined {
  switch (kind) {
    case "Mesh":
      return [];
    case "MeshSubset":
      return positive(tags);
    case "MeshService":
      return positive({ "kuma.io/service": name });
    case "MeshServiceSubset":
      return [...positive({ "kuma.io/service": name }), ...positive(tags)];
    default:
      return undefined;
  }
}

/** The subset with exactly these tags. */
function positive(tags: Element): TagSubset {
  return Object.entries(tags).map(([key, value]) => ({ key, value, isNegative: false }));
}

/** A text that two subsets share if and only if they have the same tags. */
export function subsetKey(subset: TagSubset): string {
  return JSON.stringify(subset.map(({ key, value, isNegative }) => [key, value, isNegative]).sort());
}

/**
 * Whether Kuma takes a subset for one that lies in another (`IsSubset`). The oldest releases are wrong about tags that are
 * excluded.
 */
export function contains(
  outer: TagSubset,
  inner: TagSubset,
  { tagContainment }: Pick<MatchFacts, "tagContainment">,
): boolean {
  return outer.every((tag) => {
    const others = inner.filter(({ key }) => key === tag.key);
    return others.length > 0 && others.every((other) => admits[tagContainment](tag, other));
  });
}

/** Whether a tag lets pass another one of its key. */
const admits: Readonly<Record<MatchFacts["tagContainment"], (tag: Tag, other: Tag) => boolean>> = {
  /** pkg/core/xds/rules.go@2.0.0 */
  "other-is-negative": (tag, other) =>
    tag.value === other.value ? tag.isNegative === other.isNegative : other.isNegative,
  /** pkg/core/xds/rules.go:30@2.0.4 */
  "one-is-negative": (tag, other) =>
    tag.value === other.value ? tag.isNegative === other.isNegative : tag.isNegative || other.isNegative,
  /** pkg/plugins/policies/core/rules/subsetutils/subset.go:112@v2.14.3 */
  implied: (tag, other) =>
    tag.isNegative === other.isNegative
      ? tag.value === other.value
      : tag.isNegative && !other.isNegative && tag.value !== other.value,
};

/** Whether two subsets of positive tags meet. The older question depends on the order of tags (`Intersect`). */
export function intersects(
  a: TagSubset,
  b: TagSubset,
  { tagIntersection }: Pick<MatchFacts, "tagIntersection">,
): boolean {
  if (a.length === 0 || b.length === 0) return true;
  for (const { key, value } of a) {
    const others = b.filter((other) => other.key === key);
    if (others.length === 0 && tagIntersection === "first-lacking-key") return true;
    if (others.some((other) => other.value !== value)) return false;
  }
  return true;
}

/**
 * Whether traffic is in a subset: what it lacks, it lacks no tag by which the subset is told, and some tag of it decides,
 * unless all tags are negative (`ContainsElement`, subsetutils/subset.go:45@v2.14.3). Before, traffic was looked up as a
 * subset that lacks keys, which nothing but the subset without tags contains.
 */
export function containsElement(
  subset: TagSubset,
  element: Element,
  profile: Pick<MatchFacts, "tagLookup" | "tagContainment">,
): boolean {
  switch (profile.tagLookup) {
    case "subset":
      return contains(subset, positive(element), profile);
    case "element":
      if (subset.length === 0) return true;
      if (Object.keys(element).length === 0) return false;
      return subset.every(({ key, value, isNegative }) =>
        Object.hasOwn(element, key) ? (element[key] === value) !== isNegative : isNegative,
      );
  }
}
