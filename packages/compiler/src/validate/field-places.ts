import type { ListNode, MapNode, ScalarNode } from "../source/tree.ts";
import { type Placed, textAt, Within } from "./placed.ts";

/** A string of a policy that Envoy reads as a format. */
export type FormatPlace = Placed<ScalarNode>;

/** An entry of a list of `{key, value}`. */
export interface FieldPlace extends Placed<MapNode> {
  /** Where it stands in the list. */
  readonly index: number;
  readonly key: FormatPlace | undefined;
  readonly value: FormatPlace | undefined;
}

/** The entries of a list of `{key, value}`. */
export function fieldPlaces(list: Placed<ListNode>): readonly FieldPlace[] {
  const fields: FieldPlace[] = [];
  for (const [index, { value }] of list.node.items.entries()) {
    if (value.kind === "map") fields.push(new Field(value, list, index));
  }
  return fields;
}

/** The keys that are texts. */
export function keysOf(fields: readonly FieldPlace[]): readonly FormatPlace[] {
  return fields.flatMap(({ key }) => key ?? []);
}

/** The values that are texts. */
export function valuesOf(fields: readonly FieldPlace[]): readonly FormatPlace[] {
  return fields.flatMap(({ value }) => value ?? []);
}

class Field extends Within<MapNode> implements FieldPlace {
  declare readonly index: number;
  declare readonly key: FormatPlace | undefined;
  declare readonly value: FormatPlace | undefined;

  constructor(node: MapNode, list: Placed, index: number) {
    super(node, list, index);
    this.index = index;
    this.key = textAt(this, "key");
    this.value = textAt(this, "value");
  }
}
