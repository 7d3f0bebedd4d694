import type { Target } from "@meshlog/parser";
import { boundedMemory } from "../bounded-memory.ts";
import { oncePerPair } from "../once-per-pair.ts";

/** Some releases of a target: their names in its order, each once. */
export type ReleaseSet = readonly string[];

/**
 * The sets of releases of one target. Thousands of findings are for the same few sets: equal sets are one list, mostly,
 * and two are united once.
 */
export interface ReleaseSets {
  readonly none: ReleaseSet;
  /** @param names of releases of the target, in any order. */
  readonly of: (names: Iterable<string>) => ReleaseSet;
  readonly union: (a: ReleaseSet, b: ReleaseSet) => ReleaseSet;
}

/** How many sets are kept as one list for all that are equal. */
const most = 1 << 12;

/** The sets of releases of a target. */
export function releaseSets({ members }: Target): ReleaseSets {
  const all: ReleaseSet = [...new Set(members.map(({ name }) => name))];
  const none: ReleaseSet = [];
  const known = boundedMemory<ReleaseSet>(most);
  const of = (names: Iterable<string>): ReleaseSet => {
    const wanted = new Set(names);
    const set = all.filter((name) => wanted.has(name));
    if (set.length === all.length) return all;
    return set.length === 0 ? none : known(set.join("\n"), () => set);
  };
  const unite = oncePerPair((a: ReleaseSet, b: ReleaseSet) => of([...a, ...b]));
  return { none, of, union: (a, b) => (a === b || a === all ? a : a === none ? b : unite(a, b)) };
}
