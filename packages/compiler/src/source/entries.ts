import type { MapEntry, MapNode } from "./tree.ts";

/** The entries of a map that count (of a key that comes twice, the last), in the order of their names. */
export function sortedEntries(map: MapNode): readonly MapEntry[] {
  if (isAscending(map.entries)) return map.entries;
  if (map.entries.length > few) return [...map.fields().values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sorted: MapEntry[] = [];
  for (const entry of map.entries) insert(sorted, entry);
  return sorted;
}

/** Up to so many are put in order one by one, which is quicker than sorting. */
const few = 8;

/** Whether each name is greater than the one before, so that none comes twice. */
function isAscending(entries: readonly MapEntry[]): boolean {
  let before: string | undefined;
  for (const { name } of entries) {
    if (before !== undefined && before >= name) return false;
    before = name;
  }
  return true;
}

/** Puts an entry in its place among sorted ones, instead of the one of its name if there is one. */
function insert(sorted: MapEntry[], entry: MapEntry): void {
  const { name } = entry;
  let place = sorted.length;
  while (place > 0 && nameAt(sorted, place - 1) > name) place--;
  if (place > 0 && nameAt(sorted, place - 1) === name) sorted[place - 1] = entry;
  else {
    sorted.push(entry);
    sorted.copyWithin(place + 1, place, sorted.length - 1);
    sorted[place] = entry;
  }
}

const nameAt = (entries: readonly MapEntry[], index: number): string => entries[index]?.name ?? "";
