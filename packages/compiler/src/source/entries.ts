import { mayRepeat } from "./duplicate-keys.ts";
import type { MapEntry, MapNode } from "./tree.ts";

/** The entries of a map that count: of a key that comes twice, the last. */
export function countingEntries(map: MapNode): readonly MapEntry[] {
  return mayRepeat(map.entries) ? [...map.fields().values()] : map.entries;
}

/** The same in the order of their names. */
export function sortedEntries(map: MapNode): readonly MapEntry[] {
  if (isAscending(map.entries)) return map.entries;
  const entries = [...countingEntries(map)];
  return entries.length > few ? entries.sort((a, b) => (a.name < b.name ? -1 : 1)) : putInOrder(entries);
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

function putInOrder(entries: MapEntry[]): readonly MapEntry[] {
  for (let i = 1; i < entries.length; i++) {
    const entry = entries[i];
    if (entry === undefined) continue;
    let place = i;
    for (
      let before = entries[place - 1];
      before !== undefined && before.name > entry.name;
      before = entries[place - 1]
    ) {
      entries[place--] = before;
    }
    entries[place] = entry;
  }
  return entries;
}
