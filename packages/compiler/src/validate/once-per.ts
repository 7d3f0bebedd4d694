/** A function that makes something of each thing once, for as long as somebody holds the function. */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
