/** The last index whose entry is at most `value`; -1 if there is none. Entries never decrease. */
export function lastAtMost(entries: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
