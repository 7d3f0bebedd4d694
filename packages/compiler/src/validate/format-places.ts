import type { ItemList } from "../kuma/policy-facts.ts";
import type { ListNode, MapNode, Node } from "../source/tree.ts";
import { type Bodies, bodiesOf } from "./backend-bodies.ts";
import { bodyFormats } from "./body-formats.ts";
import { type FieldPlace, fieldPlaces, type FormatPlace, valuesOf } from "./field-places.ts";
import { itemLists } from "./find-backend.ts";
import { type Body, readBody } from "./open-telemetry-body.ts";
import { child, type Placed, textAt, Within } from "./placed.ts";
import {
  type BodyTexts,
  bodyTexts,
  type FieldTexts,
  fieldTexts,
  type FormatTexts,
  formatTexts,
} from "./policy-texts.ts";
import type { TextTest } from "./texts.ts";

/** An item of `to`, `from` or `rules`. */
export interface ItemPlace extends Placed<MapNode> {
  readonly list: ItemList;
  /** `undefined` where the item has none; an empty list switches logging off. */
  readonly backends: readonly BackendPlace[] | undefined;
}

/** A backend of an item, with what of it is looked at, each of whatever shape it is. */
export interface BackendPlace extends Placed<MapNode> {
  readonly list: ItemList;
  readonly bodies: Bodies;
  /** The formats of its file and of its TCP sink: of each that is there, whichever counts. */
  readonly sinks: readonly SinkFormat[];
  /** Its OpenTelemetry logger. */
  readonly logger: Logger | undefined;
  /** The formats in it that something is so of: also such as a release does not read. */
  formatsWith(is: TextTest): readonly FormatPlace[];
}

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
  #sinks: readonly SinkFormat[] | undefined;
  #logger: Logger | null | undefined;

  constructor(node: MapNode, outer: Placed, step: number, list: ItemList) {
    super(node, outer, step);
    this.list = list;
    this.bodies = bodiesOf(node);
  }

  get sinks(): readonly SinkFormat[] {
    return (this.#sinks ??= sinksOf(this));
  }

  get logger(): Logger | undefined {
    this.#logger ??= loggerOf(this) ?? null;
    return this.#logger ?? undefined;
  }

  formatsWith(is: TextTest): readonly FormatPlace[] {
    const ofSinks = this.sinks.flatMap(({ texts, place }) => texts.values.find(is, () => place));
    return [...ofSinks, ...(this.logger?.formatsWith(is) ?? [])];
  }
}

/** The format of a file or a TCP sink. */
export class SinkFormat {
  readonly sink: "file" | "tcp";
  readonly place: Placed<MapNode>;
  readonly texts: FormatTexts;

  constructor(sink: "file" | "tcp", place: Placed<MapNode>) {
    this.sink = sink;
    this.place = place;
    this.texts = formatTexts(place.node);
  }

  /** Its text. */
  get plain(): FormatPlace | undefined {
    return this.texts.hasPlain ? textAt(this.place, "plain") : undefined;
  }

  /** Its fields, if it has no text. */
  get json(): readonly FieldPlace[] {
    return this.texts.hasPlain ? [] : fieldsOf(this.place, "json");
  }

  /** Whether nothing stands in `plain`, not even what is no text. */
  get isWithoutPlain(): boolean {
    return !this.texts.hasPlain && child(this.place, "plain") === undefined;
  }

  /** What Envoy reads as formats. */
  get formats(): readonly FormatPlace[] {
    const { plain } = this;
    return plain === undefined ? valuesOf(this.json) : [plain];
  }
}

function sinksOf(backend: Placed<MapNode>): readonly SinkFormat[] {
  const file = sinkOf(backend, "file");
  const tcp = sinkOf(backend, "tcp");
  if (file === undefined) return tcp === undefined ? [] : [tcp];
  return tcp === undefined ? [file] : [file, tcp];
}

function sinkOf(backend: Placed<MapNode>, sink: SinkFormat["sink"]): SinkFormat | undefined {
  const inside = child(backend, sink);
  const format = inside && child(inside, "format");
  return format?.node.kind === "map" ? new SinkFormat(sink, format as Placed<MapNode>) : undefined;
}

/** An OpenTelemetry logger. */
export class Logger {
  readonly place: Placed<MapNode>;
  readonly endpoint: FormatPlace | undefined;
  readonly attributeTexts: FieldTexts;
  readonly bodyTexts: BodyTexts;

  constructor(place: Placed<MapNode>) {
    this.place = place;
    this.endpoint = textAt(place, "endpoint");
    this.attributeTexts = fieldTexts(place.node.get("attributes"));
    this.bodyTexts = bodyTexts(place.node.get("body"));
  }

  get attributes(): readonly FieldPlace[] {
    return fieldsOf(this.place, "attributes");
  }

  /** The attributes whose values something is so of. */
  attributesWith(is: TextTest): readonly FormatPlace[] {
    return this.attributeTexts.values.find(is, () => child(this.place, "attributes"));
  }

  /** The values in its body that something is so of. */
  bodyValuesWith(is: TextTest): readonly FormatPlace[] {
    return this.bodyTexts.values.find(is, () => child(this.place, "body"));
  }

  /** The formats in it that something is so of: also such as a release does not read. */
  formatsWith(is: TextTest): readonly FormatPlace[] {
    const inBody = this.bodyTexts.all.find(is, () => child(this.place, "body"));
    return [...this.attributesWith(is), ...inBody];
  }

  /** Its body, as Kuma reads it; of one that aliases repeat, by the way that was asked for first. */
  get body(): Body {
    const body = child(this.place, "body");
    if (body === undefined) return readBody(undefined);
    const read = last.bodies.get(body.node) ?? readBody(body);
    last.bodies.set(body.node, read);
    return read;
  }

  /** Every format in it: what a release does not read too. */
  get formats(): readonly FormatPlace[] {
    return [...valuesOf(this.attributes), ...bodyFormats(this.body).all];
  }
}

function loggerOf(backend: Placed<MapNode>): Logger | undefined {
  const logger = child(backend, "openTelemetry");
  return logger?.node.kind === "map" ? new Logger(logger as Placed<MapNode>) : undefined;
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
  return backendPlaces(spec).flatMap(({ sinks, logger }) => [
    ...sinks.flatMap(({ formats }) => formats),
    ...(logger?.formats ?? []),
  ]);
}

/** The entries of a list of `{key, value}`; of one that aliases repeat, by the way that was asked for first. */
function fieldsOf(place: Placed, name: string): readonly FieldPlace[] {
  const list = child(place, name);
  if (list?.node.kind !== "list") return [];
  const before = last.fields.get(list.node);
  if (before !== undefined) return before;
  const fields = fieldPlaces(list as Placed<ListNode>);
  last.fields.set(list.node, fields);
  return fields;
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
