import type { MatchFacts } from "../kuma/match-facts.ts";
import { compareText } from "../validate/compare-text.ts";
import type { TagSubset } from "./tag-subset.ts";

/** A key with the values that subsets tell apart. */
interface Dimension {
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Everything that subsets of positive tags tell apart: for each key one of its values, or none of them. There are as
 * many combinations as the product of the values of each key, plus one.
 *
 * Kuma counts them with the first key fastest, its values from the last to the first and then none of them. What the
 * count starts from comes last; where tags are counted instead of keys, only if it can: several values of one key at once
 * are no combination (`SubsetIter`, pkg/core/xds/rules.go@2.0.0, core/rules/subsetutils/subset.go@v2.14.3).
 */
export function* partition(
  subsets: readonly TagSubset[],
  { partitionOrder }: Pick<MatchFacts, "partitionOrder">,
): Generator<TagSubset> {
  const dimensions = dimensionsOf(subsets);
  const startsAtOnce = partitionOrder === "by-tags" && dimensions.some(({ values }) => values.length > 1);
  const count = dimensions.reduce((product, { values }) => product * (values.length + 1), 1);
  for (let i = startsAtOnce ? 0 : 1; i < count; i++) yield combination(dimensions, i);
  if (!startsAtOnce) yield combination(dimensions, 0);
}

/** The keys, and the values of each, in order. */
function dimensionsOf(subsets: readonly TagSubset[]): readonly Dimension[] {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of subsets.flat()) {
    const known = values.get(key);
    if (known === undefined) values.set(key, new Set([value]));
    else known.add(value);
  }
  return [...values]
    .map(([key, known]) => ({ key, values: [...known].sort(compareText) }))
    .sort((a, b) => compareText(a.key, b.key));
}

/** The combination of a number whose digits choose from the values of the keys; the digit above all values chooses none. */
function combination(dimensions: readonly Dimension[], index: number): TagSubset {
  let rest = index;
  return dimensions.flatMap(({ key, values }): TagSubset => {
    const digit = rest % (values.length + 1);
    rest = (rest - digit) / (values.length + 1);
    const chosen = values[values.length - 1 - digit];
    return chosen === undefined
      ? values.map((value) => ({ key, value, isNegative: true }))
      : [{ key, value: chosen, isNegative: false }];
  });
}
