/** Which of two lists' members belong together, in the order of the second list, and which are on one side only. */
export interface Pairing<T> {
  readonly both: readonly (readonly [before: T, after: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
  /** Whether the pairs are in another order in the first list. */
  readonly isReordered: boolean;
}

/**
 * Pairs the members of two lists: those with the same first key, then of the rest those with the same second key, and so
 * on. Of several with one key the first belongs to the first. Linear; and the two lists exchanged give the same pairs.
 *
 * @param keys each makes a key of a member; `undefined` if it has none of that sort.
 */
export function pair<T>(
  before: readonly T[],
  after: readonly T[],
  keys: readonly ((member: T) => string | undefined)[],
): Pairing<T> {
  const partners = new Map<number, number>();
  let [left, right] = [[...before.keys()], [...after.keys()]];
  for (const key of keys) {
    if (left.length === 0 || right.length === 0) break;
    const waiting = new Map<string, { readonly places: number[]; taken: number }>();
    for (const place of left) {
      const name = keyAt(before, place, key);
      if (name === undefined) continue;
      const known = waiting.get(name);
      if (known === undefined) waiting.set(name, { places: [place], taken: 0 });
      else known.places.push(place);
    }
    const gone = new Set<number>();
    right = right.filter((place) => {
      const queue = waiting.get(keyAt(after, place, key) ?? "");
      const partner = queue?.places[queue.taken];
      if (queue === undefined || partner === undefined) return true;
      queue.taken++;
      partners.set(place, partner);
      gone.add(partner);
      return false;
    });
    left = left.filter((place) => !gone.has(place));
  }
  const inOrder = [...partners].sort(([a], [b]) => a - b);
  return {
    both: inOrder.flatMap(([to, from]) => {
      const [one, other] = [before[from], after[to]];
      return one === undefined || other === undefined ? [] : [[one, other] as const];
    }),
    removed: left.flatMap((place) => before[place] ?? []),
    added: right.flatMap((place) => after[place] ?? []),
    isReordered: inOrder.some(([, from], i) => from < (inOrder[i - 1]?.[1] ?? -1)),
  };
}

/** Keys that are there begin with a sign, so that none is the empty text. */
function keyAt<T>(list: readonly T[], place: number, key: (member: T) => string | undefined): string | undefined {
  const member = list[place];
  const name = member === undefined ? undefined : key(member);
  return name === undefined ? undefined : `=${name}`;
}
