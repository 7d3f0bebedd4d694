/** A function that makes something of two things once, for as long as somebody holds both. */
export function oncePerPair<A extends object, B extends object, V extends object | string>(
  make: (a: A, b: B) => V,
): (a: A, b: B) => V {
  const made = new WeakMap<A, WeakMap<B, V>>();
  return (a, b) => {
    let ofFirst = made.get(a);
    if (ofFirst === undefined) made.set(a, (ofFirst = new WeakMap()));
    const before = ofFirst.get(b);
    if (before !== undefined) return before;
    const now = make(a, b);
    ofFirst.set(b, now);
    return now;
  };
}
