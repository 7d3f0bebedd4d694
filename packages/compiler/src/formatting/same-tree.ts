import { type Node } from "../source/tree.ts";

/**
 * Whether two trees say the same: the same values, written as the same texts, under the same keys in the same order.
 * What is aliased is compared once.
 */
export function isSameTree(one: Node | undefined, other: Node | undefined): boolean {
  return one === undefined || other === undefined ? one === other : compare(one, other, new Map());
}

function compare(one: Node, other: Node, compared: Map<Node, Node>): boolean {
  if (compared.get(one) === other) return true;
  compared.set(one, other);
  if (one.kind === "scalar") {
    return other.kind === "scalar" && one.text === other.text && one.value === other.value && one.tag === other.tag;
  }
  if (one.kind === "list") {
    return (
      other.kind === "list" &&
      one.items.length === other.items.length &&
      one.items.every(({ value }, i) => isSame(value, other.items[i]?.value, compared))
    );
  }
  return (
    other.kind === "map" &&
    one.entries.length === other.entries.length &&
    one.entries.every(({ name, value }, i) => {
      const entry = other.entries[i];
      return entry?.name === name && isSame(value, entry.value, compared);
    })
  );
}

function isSame(one: Node, other: Node | undefined, compared: Map<Node, Node>): boolean {
  return other !== undefined && compare(one, other, compared);
}
