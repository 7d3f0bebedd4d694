import type { MapEntry, ScalarNode } from "../source/tree.ts";
import type { ScalarValue } from "../source/scalar-value.ts";
import { type Placed, Within } from "./placed.ts";

/** How JSON is looked at: as plain values, or as nodes of a file. What reads it need not know which. */
export interface JsonView<V> {
  /** The value of a scalar; undefined for a map or a list. */
  readonly scalar: (value: V) => ScalarValue | undefined;
  /** The items of a list; undefined for anything else. */
  readonly items: (value: V) => readonly V[] | undefined;
  readonly isMap: (value: V) => boolean;
  /** The members of a map, each name once, in no order; undefined for anything else. */
  readonly members: (value: V) => readonly JsonMember<V>[] | undefined;
  /** A member of a map. */
  readonly member: (value: V, name: string) => V | undefined;
  /** What is the same where an alias repeats a value. */
  readonly identity: (value: V) => unknown;
}

/** A member of a map. */
export interface JsonMember<V> {
  readonly name: string;
  readonly value: V;
  /** The node of the key, if there are nodes. */
  readonly key?: ScalarNode;
}

/** JSON as plain values, integers too large for a double as `bigint`. */
export const plainJson: JsonView<unknown> = {
  scalar: (value) => (isObject(value) ? undefined : (value as ScalarValue)),
  items: (value) => (Array.isArray(value) ? (value as unknown[]) : undefined),
  isMap,
  members: (value) =>
    isMap(value) ? Object.entries(value).map(([name, inner]) => ({ name, value: inner })) : undefined,
  member: (value, name) => (isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined),
  identity: (value) => value,
};

/** A node of a file, the way to it, and the entry that it is the value of. */
export interface NodeAt extends Placed {
  readonly entry?: MapEntry;
}

/** JSON as nodes. */
export const nodeJson: JsonView<NodeAt> = {
  scalar: ({ node }) => (node.kind === "scalar" ? node.value : undefined),
  items: (place) =>
    place.node.kind === "list" ? place.node.items.map(({ value }, i) => new Within(value, place, i)) : undefined,
  isMap: ({ node }) => node.kind === "map",
  members: (place) =>
    place.node.kind === "map"
      ? Array.from(place.node.fields(), ([name, entry]) => ({
          name,
          value: new InEntry(entry, place, name),
          key: entry.key,
        }))
      : undefined,
  member(place, name) {
    const entry = place.node.kind === "map" ? place.node.entry(name) : undefined;
    return entry && new InEntry(entry, place, name);
  },
  identity: ({ node }) => node,
};

class InEntry extends Within implements NodeAt {
  declare readonly entry: MapEntry;

  constructor(entry: MapEntry, map: Placed, name: string) {
    super(entry.value, map, name);
    this.entry = entry;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}
