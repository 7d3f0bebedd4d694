/**
 * The same list of names, as one copy for all that are equal and follow each other closely: thousands of findings are for
 * the same releases.
 */
export function oneList(names: readonly string[]): readonly string[] {
  const key = names.join("\n");
  const copy = copies.get(key);
  if (copy !== undefined) return copy;
  if (copies.size >= mostCopies) copies.clear();
  copies.set(key, names);
  return names;
}

const mostCopies = 1000;
const copies = new Map<string, readonly string[]>();
