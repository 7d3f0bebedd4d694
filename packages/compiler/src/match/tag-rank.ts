import { compareAge } from "../source/age.ts";
import type { Tags } from "../source/dataplane.ts";
import type { Resource } from "../source/resources.ts";

/** How specific a selector is: by the number of its tags, then of those that are not `*`. */
export interface Rank {
  readonly tags: number;
  readonly exact: number;
}

/** The rank of a selector. (api/mesh/v1alpha1/dataplane_helpers.go:502@v2.14.3) */
export function rankOf(selector: Tags): Rank {
  const values = Object.values(selector);
  return { tags: values.length, exact: values.filter((value) => value !== "*").length };
}

/** Negative if the first is less specific. */
export function compareRanks(a: Rank, b: Rank): number {
  return a.tags - b.tags || a.exact - b.exact;
}

/** The rank of two selectors together. */
export function addRanks(a: Rank, b: Rank): Rank {
  return { tags: a.tags + b.tags, exact: a.exact + b.exact };
}

/** A resource that could be chosen, and how specific its selector is. */
export interface Ranked<T extends { readonly resource: Resource }> {
  readonly value: T;
  readonly rank: Rank;
}

/** Of several candidates the most specific, then the youngest, then the first. */
export function mostSpecific<T extends { readonly resource: Resource }>(
  candidates: readonly Ranked<T>[],
): T | undefined {
  let best: Ranked<T> | undefined;
  for (const candidate of candidates) {
    const isBetter =
      best === undefined ||
      (compareRanks(candidate.rank, best.rank) || compareAge(candidate.value.resource, best.value.resource)) > 0;
    if (isBetter) best = candidate;
  }
  return best?.value;
}
