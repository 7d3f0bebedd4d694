import type { MapNode, Node, ScalarNode } from "../source/tree.ts";
import { type Body, type BodyValue, readBody } from "./open-telemetry-body.ts";
import type { Path } from "./violation.ts";

/** A value of a policy, and the way to it. */
export interface Placed<N extends Node = Node> {
  readonly node: N;
  readonly at: Path;
}

/** The lists of a policy whose items say what is logged. */
export type ItemList = "to" | "from" | "rules";

/** An item of `to`, `from` or `rules`. */
export interface ItemPlace extends Placed<MapNode> {
  readonly list: ItemList;
  /** `undefined` where the item has none; an empty list switches logging off. */
  readonly backends: readonly BackendPlace[] | undefined;
}

/** A backend of an item. */
export interface BackendPlace extends Placed<MapNode> {
  readonly list: ItemList;
}

/** A string of a policy that Envoy reads as a format. */
export type FormatPlace = Placed<ScalarNode>;

const lists: readonly ItemList[] = ["to", "from", "rules"];

/**
 * The places of the policy that was looked at last: several stages ask for the same ones in turn. Nothing else is kept,
 * so that the tree of a policy is garbage when the next has its turn.
 */
let last: {
  readonly spec: Node | undefined;
  readonly items: readonly ItemPlace[];
  readonly fields: Map<Node, readonly FieldPlace[]>;
  readonly bodies: Map<Node, Body>;
} = { spec: undefined, items: [], fields: new Map(), bodies: new Map() };

/**
 * The items of a spec, in the order of the document. What an alias repeats within a list is there once: it has the same
 * characters in the file.
 */
export function itemPlaces(spec: Node): readonly ItemPlace[] {
  if (last.spec !== spec) last = { spec, items: itemsOf(spec), fields: new Map(), bodies: new Map() };
  return last.items;
}

function itemsOf(spec: Node): readonly ItemPlace[] {
  return lists.flatMap((list) =>
    listOf(spec, ["spec"], list).map((item): ItemPlace => ({
      ...item,
      list,
      backends: confOf(item)?.map((backend) => ({ ...backend, list })),
    })),
  );
}

function confOf({ node, at }: Placed<MapNode>): readonly Placed<MapNode>[] | undefined {
  const conf = child(node, at, "default");
  if (conf?.node.kind !== "map" || conf.node.get("backends")?.kind !== "list") return undefined;
  return listOf(conf.node, conf.at, "backends");
}

/** Every backend of a spec. */
export function backendPlaces(spec: Node): readonly BackendPlace[] {
  return itemPlaces(spec).flatMap(({ backends = [] }) => backends);
}

/** Every format of a spec, in the order of the document: what a release does not read too. */
export function formatPlaces(spec: Node): readonly FormatPlace[] {
  return backendPlaces(spec).flatMap((backend) => [
    ...(["file", "tcp"] as const).flatMap((body) => {
      const format = formatOf(backend, body);
      if (format === undefined) return [];
      // `plain` goes before `json`, whatever `type` says.
      const plain = textAt(format, "plain");
      return plain === undefined ? fieldsOf(format, "json").flatMap(({ value }) => value ?? []) : [plain];
    }),
    ...openTelemetryPlaces(backend),
  ]);
}

function openTelemetryPlaces(backend: BackendPlace): readonly FormatPlace[] {
  const body = child(backend.node, backend.at, "openTelemetry");
  if (body === undefined) return [];
  const attributes = fieldsOf(body, "attributes").flatMap(({ value }) => value ?? []);
  const read = bodyOf(body);
  switch (read.kind) {
    case "default":
      return attributes;
    case "raw":
      return [...attributes, ...textsIn(read.body)];
    case "value":
      return [...attributes, ...textsOf(read.value)];
  }
}

/** The strings of a body that is no AnyValue. */
function textsIn({ node, at }: Placed): readonly FormatPlace[] {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? [{ node, at }] : [];
    case "list":
      return node.items.flatMap(({ value, alias }, i) =>
        alias === undefined ? textsIn({ node: value, at: [...at, i] }) : [],
      );
    case "map":
      return [...node.fields()].flatMap(([name, { value, alias }]) =>
        alias === undefined ? textsIn({ node: value, at: [...at, name] }) : [],
      );
  }
}

function textsOf(value: BodyValue): readonly FormatPlace[] {
  switch (value.kind) {
    case "text":
      return [value];
    case "refused":
      return [];
    case "list":
      return value.items.flatMap(textsOf);
    case "fields":
      return value.fields.flatMap((field) => [...(field.key ? [field.key] : []), ...textsOf(field.value)]);
  }
}

/** The `body` of an OpenTelemetry logger, as Kuma reads it; of one that aliases repeat, by the first way to it. */
export function bodyOf(logger: Placed): Body {
  const body = child(logger.node, logger.at, "body");
  if (body === undefined) return readBody(undefined);
  const read = last.bodies.get(body.node) ?? readBody(body);
  last.bodies.set(body.node, read);
  return read;
}

/** The format of a body of a backend. */
export function formatOf({ node, at }: Placed<MapNode>, body: "file" | "tcp"): Placed<MapNode> | undefined {
  const inside = child(node, at, body);
  const format = inside && child(inside.node, inside.at, "format");
  return format?.node.kind === "map" ? { node: format.node, at: format.at } : undefined;
}

/** An entry of a list of `{key, value}`. */
export interface FieldPlace extends Placed<MapNode> {
  /** Where it stands in the list. */
  readonly index: number;
  readonly key: FormatPlace | undefined;
  readonly value: FormatPlace | undefined;
}

/** The entries of a list of `{key, value}`; of one that aliases repeat, by the first way to it. */
export function fieldsOf({ node, at }: Placed, name: string): readonly FieldPlace[] {
  const list = child(node, at, name);
  if (list?.node.kind !== "list") return [];
  const fields =
    last.fields.get(list.node) ??
    list.node.items.flatMap(({ value }, index): readonly FieldPlace[] => {
      if (value.kind !== "map") return [];
      const field: Placed<MapNode> = { node: value, at: [...list.at, index] };
      return [{ ...field, index, key: textAt(field, "key"), value: textAt(field, "value") }];
    });
  last.fields.set(list.node, fields);
  return fields;
}

/** A field that is a text. */
export function textAt({ node, at }: Placed, name: string): FormatPlace | undefined {
  const field = child(node, at, name);
  return field?.node.kind === "scalar" && typeof field.node.value === "string"
    ? { node: field.node, at: field.at }
    : undefined;
}

/** A field of a map; `null` is as if it were not there. */
export function child(node: Node, at: Path, name: string): Placed | undefined {
  const field = node.kind === "map" ? node.get(name) : undefined;
  if (field === undefined || (field.kind === "scalar" && field.value === null)) return undefined;
  return { node: field, at: [...at, name] };
}

/** The maps in a list, each once. */
function listOf(node: Node, at: Path, name: string): readonly Placed<MapNode>[] {
  const list = child(node, at, name);
  if (list?.node.kind !== "list") return [];
  const seen = new Set<Node>();
  return list.node.items.flatMap(({ value }, i): Placed<MapNode>[] => {
    if (value.kind !== "map" || seen.has(value)) return [];
    seen.add(value);
    return [{ node: value, at: [...list.at, i] }];
  });
}
