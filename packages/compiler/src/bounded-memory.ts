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
    known.set(key, made);
    return made;
  };
}

/**
 * Makes something of a text once for all that are equal, of as many as the {@link boundedMemory} remembers. Of a file only
 * the text itself is kept, not all that it was cut out of; a long one is not remembered.
 */
export function oncePerText<V extends object | string>(most: number, make: (text: string) => V): (text: string) => V {
  const remembered = new Map<string, V>();
  return (text) => {
    const before = remembered.get(text);
    if (before !== undefined) return before;
    if (text.length > longest) return make(text);
    if (remembered.size >= most) remembered.clear();
    // A slice would keep what it is a slice of.
    const own = ` ${text}`.slice(1);
    const made = make(own);
    remembered.set(own, made);
    return made;
  };
}

const longest = 4096;
