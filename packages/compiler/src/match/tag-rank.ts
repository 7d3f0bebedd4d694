import type { Tags } from "../source/dataplane.ts";

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
