/** A function that makes something of each thing once, for as long as somebody holds the function. */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  // Mostly there is one thing, for which a map would cost more than what it saves.
  let first: { readonly key: K; readonly made: V } | undefined;
  let others: Map<K, { readonly made: V }> | undefined;
  return (key) => {
    if (first === undefined) {
      first = { key, made: make(key) };
      return first.made;
    }
    if (first.key === key) return first.made;
    others ??= new Map();
    const known = others.get(key) ?? { made: make(key) };
    others.set(key, known);
    return known.made;
  };
}
