import type { MapEntry, Node, ScalarNode } from "../source/tree.ts";
import type { ScalarValue } from "../source/scalar-value.ts";
import type { Path } from "./violation.ts";

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
export interface NodeAt {
  readonly node: Node;
  readonly at: Path;
  readonly entry?: MapEntry;
}

/** JSON as nodes. */
export const nodeJson: JsonView<NodeAt> = {
  scalar: ({ node }) => (node.kind === "scalar" ? node.value : undefined),
  items: ({ node, at }) =>
    node.kind === "list" ? node.items.map(({ value }, i) => ({ node: value, at: [...at, i] })) : undefined,
  isMap: ({ node }) => node.kind === "map",
  members: ({ node, at }) =>
    node.kind === "map"
      ? Array.from(node.fields(), ([name, entry]) => ({ name, value: inside(entry, at, name), key: entry.key }))
      : undefined,
  member({ node, at }, name) {
    const entry = node.kind === "map" ? node.entry(name) : undefined;
    return entry && inside(entry, at, name);
  },
  identity: ({ node }) => node,
};

function inside(entry: MapEntry, at: Path, name: string): NodeAt {
  return { node: entry.value, at: [...at, name], entry };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}
