/** Some of the schemas that are walked together: their indices, rising. Those that are equal are one list. */
export type Roots = readonly number[];

/** As many as the schemas are told apart by. */
const known = new Map<string, Roots>();

/** @param indices in any order. */
export function rootsOf(indices: readonly number[]): Roots {
  const sorted = indices.toSorted((a, b) => a - b);
  const key = sorted.join();
  const roots = known.get(key) ?? sorted;
  known.set(key, roots);
  return roots;
}
