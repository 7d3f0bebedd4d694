import type { ListNode, MapNode } from "./tree.ts";

/**
 * Makes something of what a map or list says, wherever it stands: once for those that stand several times in a file in
 * the same characters, and for those that aliases repeat.
 */
export function oncePerOriginal<N extends MapNode | ListNode, V extends object>(
  make: (original: N) => V,
): (node: N) => V {
  const made = new WeakMap<object, V>();
  return (node) => {
    const original = node.original as N;
    const before = made.get(original);
    if (before !== undefined) return before;
    const now = make(original);
    made.set(original, now);
    return now;
  };
}
