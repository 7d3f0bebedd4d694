import type { MatchFacts } from "../kuma/match-facts.ts";
import type { Profile } from "../kuma/profile.ts";
import type { Policy } from "../validate/policy.ts";
import { type EffectiveConf, mergeConfs } from "./effective-conf.ts";
import { fromItems, type TargetItem, toItems } from "./policy-items.ts";
import { type PlacedSubset, tagGroups } from "./tag-groups.ts";
import { partition } from "./tag-partition.ts";
import {
  contains,
  containsElement,
  type Element,
  subsetKey,
  subsetOf,
  type Tag,
  type TagSubset,
} from "./tag-subset.ts";

/** The confs for traffic by its tags. */
export interface LegacyRules<C = EffectiveConf> {
  /** The conf for some traffic: `{ "kuma.io/service": … }`, or nothing for a whole inbound or a gateway. */
  find(element: Element): C | undefined;
  /** Every rule, in Kuma's order. */
  all(): Iterable<LegacyRule<C>>;
}

/** A conf for the traffic of a subset. */
export interface LegacyRule<C = EffectiveConf> {
  readonly subset: TagSubset;
  readonly conf: C;
}

/**
 * The rules by tags for the traffic that a proxy sends. A policy with an item for a MeshHTTPRoute may add none of its
 * items (`legacyBuildToRules`, pkg/plugins/policies/core/rules/rules.go@v2.14.3).
 *
 * @param policies that select the proxy, or the listener of a gateway, lowest precedence first.
 */
export function toRules(policies: readonly Policy[], profile: Profile): LegacyRules {
  const lists = profile.hasTagRules ? policies.map(toItems) : [];
  const items = profile.routeItemsHideOthers ? lists.filter((list) => !list.some(isForRoute)) : lists;
  return legacyRules(items.flat(), mergeConfs, profile.toRules, profile);
}

/**
 * The rules by tags for the traffic that an inbound receives.
 *
 * @param policies that select the inbound, lowest precedence first.
 */
export function fromRules(policies: readonly Policy[], profile: Profile): LegacyRules {
  return legacyRules(policies.flatMap(fromItems), mergeConfs, "partition", profile);
}

function isForRoute({ targetRef }: TargetItem): boolean {
  return targetRef.kind === "MeshHTTPRoute";
}

/**
 * Rules by tags: what the items tell apart is partitioned, and each part gets the conf merged from all items that are for
 * it. Traffic gets the first rule that it is in, those with most positive tags first (`BuildRules`,
 * pkg/plugins/policies/core/rules/rules.go:371@v2.14.3).
 *
 * @param merge what the items of a part come to, in their order; `undefined` for none.
 *
 * A rule is made when it is asked for. Items have positive tags only; so an item is for a subset, and traffic is in a
 * subset with positive tags, only if they share the first of these: that is what both are found by.
 */
export function legacyRules<I extends Pick<TargetItem, "targetRef">, C>(
  items: readonly I[],
  merge: (items: readonly I[]) => C | undefined,
  method: MatchFacts["toRules"],
  profile: Profile,
): LegacyRules<C> {
  const placed = placedSubsets(items);
  const itemsBy = Map.groupBy(placed, ({ subset: [first] }) => tagKey(first));
  const subsets = ruleSubsets(placed, method, profile);
  const rulesBy = Map.groupBy(subsets.keys(), (i) => tagKey(subsets[i]?.find(({ isNegative }) => !isNegative)));
  const made = new Map<number, LegacyRule<C> | undefined>();

  function make(subset: TagSubset): LegacyRule<C> | undefined {
    const found = [undefined, ...subset.filter(({ isNegative }) => !isNegative)]
      .flatMap((tag) => itemsBy.get(tagKey(tag)) ?? [])
      .filter((one) => contains(one.subset, subset, profile));
    const conf = merge(
      found
        .flatMap(({ places }) => places)
        .sort((a, b) => a - b)
        .flatMap((place) => items[place] ?? []),
    );
    return conf === undefined ? undefined : { subset, conf };
  }

  function rule(index: number): LegacyRule<C> | undefined {
    if (!made.has(index)) made.set(index, make(subsets[index] ?? []));
    return made.get(index);
  }

  return {
    find(element) {
      const tags = Object.entries(element).map(([key, value]) => ({ key, value }));
      const candidates = [...tags, undefined].flatMap((tag) => rulesBy.get(tagKey(tag)) ?? []);
      for (const i of candidates.sort((a, b) => a - b)) {
        const one = containsElement(subsets[i] ?? [], element, profile) ? rule(i) : undefined;
        if (one !== undefined) return one.conf;
      }
      return undefined;
    },
    *all() {
      for (const i of subsets.keys()) {
        const one = rule(i);
        if (one !== undefined) yield one;
      }
    },
  };
}

function tagKey(tag: Pick<Tag, "key" | "value"> | undefined): string {
  return tag === undefined ? "" : `${tag.key}=${tag.value}`;
}

/** What the items are for, each subset once. */
function placedSubsets(items: readonly Pick<TargetItem, "targetRef">[]): readonly PlacedSubset[] {
  const known = new Map<string, { subset: TagSubset; places: number[] }>();
  items.forEach(({ targetRef }, place) => {
    const subset = subsetOf(targetRef);
    if (subset === undefined) return;
    const key = subsetKey(subset);
    const same = known.get(key);
    if (same === undefined) known.set(key, { subset, places: [place] });
    else same.places.push(place);
  });
  return [...known.values()];
}

/** The subsets that may have a rule, in the order of the rules. */
function ruleSubsets(
  placed: readonly PlacedSubset[],
  method: MatchFacts["toRules"],
  profile: Profile,
): readonly TagSubset[] {
  const keys = new Set(placed.flatMap(({ subset }) => subset.map(({ key }) => key)));
  const subsets =
    method === "named-subsets" && keys.size <= 1
      ? placed.map(({ subset }) => subset)
      : tagGroups(placed, profile).flatMap((group) => [...partition(group, profile)]);
  const positives = subsets.map((subset) => subset.filter(({ isNegative }) => !isNegative).length);
  return [...subsets.keys()]
    .sort((a, b) => (positives[b] ?? 0) - (positives[a] ?? 0))
    .flatMap((i) => [subsets[i] ?? []]);
}
