import type { ListItem, MapNode, Node } from "./tree.ts";

/**
 * The fields of a resource that meshlog reads without judging it: a field of another type than asked for reads as
 * absent. What is wrong with a resource is the business of `validate/`.
 */
export interface Fields {
  /** Whether the field is there, and not null. */
  has(name: string): boolean;
  string(name: string): string | undefined;
  number(name: string): number | undefined;
  boolean(name: string): boolean | undefined;
  /** A map whose values are strings; others are left out. */
  record(name: string): Readonly<Record<string, string>>;
  strings(name: string): readonly string[];
  map(name: string): Fields | undefined;
  maps(name: string): readonly Fields[];
}

/** The fields of a map; of anything else, none. */
export function fields(node: Node | undefined): Fields {
  return new MapFields(node?.kind === "map" ? node : undefined);
}

class MapFields implements Fields {
  readonly #map: MapNode | undefined;

  constructor(map: MapNode | undefined) {
    this.#map = map;
  }

  has(name: string): boolean {
    const field = this.#at(name);
    return field !== undefined && !(field.kind === "scalar" && field.value === null);
  }

  string(name: string): string | undefined {
    return only(this.#value(name), "string");
  }

  number(name: string): number | undefined {
    return toNumber(this.#value(name));
  }

  boolean(name: string): boolean | undefined {
    return only(this.#value(name), "boolean");
  }

  record(name: string): Readonly<Record<string, string>> {
    const field = this.#at(name);
    if (field?.kind !== "map") return {};
    const strings = field.entries.flatMap(({ key, value }) =>
      value.kind === "scalar" && typeof value.value === "string" ? [[key.text, value.value] as const] : [],
    );
    return Object.fromEntries(strings);
  }

  strings(name: string): readonly string[] {
    return this.#items(name).flatMap(({ value }) =>
      value.kind === "scalar" && typeof value.value === "string" ? [value.value] : [],
    );
  }

  map(name: string): Fields | undefined {
    const field = this.#at(name);
    return field?.kind === "map" ? new MapFields(field) : undefined;
  }

  maps(name: string): readonly Fields[] {
    return this.#items(name).flatMap(({ value }) => (value.kind === "map" ? new MapFields(value) : []));
  }

  #at(name: string): Node | undefined {
    return this.#map && fieldOf(this.#map, name);
  }

  #value(name: string): unknown {
    const field = this.#at(name);
    return field?.kind === "scalar" ? field.value : undefined;
  }

  #items(name: string): readonly ListItem[] {
    const field = this.#at(name);
    return field?.kind === "list" ? field.items : [];
  }
}

/** A field of a map: protobuf's JSON takes both spellings of a name. */
export function fieldOf(map: MapNode, name: string): Node | undefined {
  const found = map.get(name);
  if (found !== undefined) return found;
  const other = snakeCase(name);
  return other === name ? undefined : map.get(other);
}

/** The other spelling of the names that have been asked for; these are few, since programs ask. */
const snakeCases = new Map<string, string>();

function snakeCase(name: string): string {
  const known = snakeCases.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeCases.set(name, made);
  return made;
}

interface Types {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** Protobuf's JSON takes a number in quotes too. */
function toNumber(value: unknown): number | undefined {
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : only(value, "number");
}

function only<T extends keyof Types>(value: unknown, type: T): Types[T] | undefined {
  return typeof value === type ? (value as Types[T]) : undefined;
}
