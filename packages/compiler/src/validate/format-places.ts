import type { ItemList } from "../kuma/policy-facts.ts";
import type { MapNode, Node, ScalarNode } from "../source/tree.ts";
import { type Bodies, bodiesOf } from "./backend-bodies.ts";
import { itemLists } from "./find-backend.ts";
import { type Body, type BodyValue, readBody } from "./open-telemetry-body.ts";
import { type Placed, Within } from "./placed.ts";

/** An item of `to`, `from` or `rules`. */
export interface ItemPlace extends Placed<MapNode> {
  readonly list: ItemList;
  /** `undefined` where the item has none; an empty list switches logging off. */
  readonly backends: readonly BackendPlace[] | undefined;
}

/** A backend of an item. */
export interface BackendPlace extends Placed<MapNode> {
  readonly list: ItemList;
  readonly bodies: Bodies;
}

/** A string of a policy that Envoy reads as a format. */
export type FormatPlace = Placed<ScalarNode>;

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
  const root = { node: spec, at: ["spec"] };
  const items: ItemPlace[] = [];
  for (const list of itemLists) addMaps(root, list, items, (node, outer, i) => new Item(node, outer, i, list));
  return items;
}

class Item extends Within<MapNode> implements ItemPlace {
  declare readonly list: ItemList;
  declare readonly backends: readonly BackendPlace[] | undefined;

  constructor(node: MapNode, outer: Placed, step: number, list: ItemList) {
    super(node, outer, step);
    this.list = list;
    this.backends = confOf(this);
  }
}

class Backend extends Within<MapNode> implements BackendPlace {
  declare readonly list: ItemList;
  declare readonly bodies: Bodies;

  constructor(node: MapNode, outer: Placed, step: number, list: ItemList) {
    super(node, outer, step);
    this.list = list;
    this.bodies = bodiesOf(node);
  }
}

function confOf(item: Omit<ItemPlace, "backends">): readonly BackendPlace[] | undefined {
  const conf = child(item, "default");
  if (conf?.node.kind !== "map" || conf.node.get("backends")?.kind !== "list") return undefined;
  const backends: BackendPlace[] = [];
  addMaps(conf, "backends", backends, (node, outer, i) => new Backend(node, outer, i, item.list));
  return backends;
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
  const logger = child(backend, "openTelemetry");
  if (logger === undefined) return [];
  const formats = fieldsOf(logger, "attributes").flatMap(({ value }) => value ?? []);
  collectBodyFormats(bodyOf(logger), formats);
  return formats;
}

/** Puts the formats of the body of an OpenTelemetry logger to others. */
export function collectBodyFormats(body: Body, formats: FormatPlace[]): void {
  if (body.kind === "raw") collectTextsIn(body.body, formats);
  else if (body.kind === "value") collectTexts(body.value, formats);
}

/** The strings of a body that is no AnyValue. */
function collectTextsIn(place: Placed, formats: FormatPlace[]): void {
  const { node } = place;
  switch (node.kind) {
    case "scalar":
      if (typeof node.value === "string") formats.push(place as FormatPlace);
      break;
    case "list":
      for (const [i, { value, alias }] of node.items.entries()) {
        if (alias === undefined) collectTextsIn(new Within(value, place, i), formats);
      }
      break;
    case "map":
      for (const [name, { value, alias }] of node.fields()) {
        if (alias === undefined) collectTextsIn(new Within(value, place, name), formats);
      }
  }
}

function collectTexts(value: BodyValue, formats: FormatPlace[]): void {
  switch (value.kind) {
    case "text":
      formats.push(value);
      break;
    case "refused":
      break;
    case "list":
      for (const item of value.items) collectTexts(item, formats);
      break;
    case "fields":
      for (const field of value.fields) {
        if (field.key !== undefined) formats.push(field.key);
        collectTexts(field.value, formats);
      }
  }
}

/** The `body` of an OpenTelemetry logger, as Kuma reads it; of one that aliases repeat, by the first way to it. */
export function bodyOf(logger: Placed): Body {
  const body = child(logger, "body");
  if (body === undefined) return readBody(undefined);
  const read = last.bodies.get(body.node) ?? readBody(body);
  last.bodies.set(body.node, read);
  return read;
}

/** The format of a body of a backend. */
export function formatOf(backend: Placed<MapNode>, body: "file" | "tcp"): Placed<MapNode> | undefined {
  const inside = child(backend, body);
  const format = inside && child(inside, "format");
  return format?.node.kind === "map" ? (format as Placed<MapNode>) : undefined;
}

/** An entry of a list of `{key, value}`. */
export interface FieldPlace extends Placed<MapNode> {
  /** Where it stands in the list. */
  readonly index: number;
  readonly key: FormatPlace | undefined;
  readonly value: FormatPlace | undefined;
}

/** The entries of a list of `{key, value}`; of one that aliases repeat, by the first way to it. */
export function fieldsOf(place: Placed, name: string): readonly FieldPlace[] {
  const list = child(place, name);
  if (list?.node.kind !== "list") return [];
  const before = last.fields.get(list.node);
  if (before !== undefined) return before;
  const fields: FieldPlace[] = [];
  for (const [index, { value }] of list.node.items.entries()) {
    if (value.kind === "map") fields.push(new Field(value, list, index));
  }
  last.fields.set(list.node, fields);
  return fields;
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

/** A field that is a text. */
export function textAt(place: Placed, name: string): FormatPlace | undefined {
  const { node } = place;
  const field = node.kind === "map" ? node.get(name) : undefined;
  return field?.kind === "scalar" && typeof field.value === "string" ? new Within(field, place, name) : undefined;
}

/** A field of a map; `null` is as if it were not there. */
export function child(place: Placed, name: string): Placed | undefined {
  const { node } = place;
  const field = node.kind === "map" ? node.get(name) : undefined;
  if (field === undefined || (field.kind === "scalar" && field.value === null)) return undefined;
  return new Within(field, place, name);
}

/** Makes places of the maps in a list, of each one. */
function addMaps<P>(
  place: Placed,
  name: string,
  places: P[],
  make: (node: MapNode, list: Placed, index: number) => P,
): void {
  const list = child(place, name);
  if (list?.node.kind !== "list") return;
  const { items } = list.node;
  // Only by an alias can the same map come twice.
  let seen: Set<Node> | undefined;
  for (const [i, { value, alias }] of items.entries()) {
    if (alias !== undefined) seen ??= new Set(items.slice(0, i).map((item) => item.value));
    if (value.kind !== "map" || seen?.has(value) === true) continue;
    seen?.add(value);
    places.push(make(value, list, i));
  }
}
