/**
 * Remembers what was made under a key: things that are equal become one, and costly ones are made once.
 *
 * @param most how many are remembered; then all are forgotten, so that input of any size takes the same memory.
 * @returns what is remembered under a key; if there is nothing, what `make` makes.
 */
export function boundedMemory<V extends object | string>(most: number): (key: string, make: () => V) => V {
  const known = new Map<string, V>();
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const made = make();
    known.set(copyOf(key), made);
    return made;
  };
}

/** A text of its own: a key that was cut out of a file would keep the whole file. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
