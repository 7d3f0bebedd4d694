import { sortedEntries } from "../source/entries.ts";
import type { ListNode, MapNode, Node } from "../source/tree.ts";
import {
  fieldOf,
  type Fields,
  fillItems,
  fillZeros,
  type Read,
  read,
  readRepetition,
  type Reader,
  setField,
} from "./decoder.ts";
import type { Field, Inner, SchemaPlace } from "./schema-place.ts";
import type { Aspect } from "./schema-variants.ts";

/** What decoding depends on. */
export const decodedAspects: readonly Aspect[] = ["type", "go", "isValue"];

/**
 * Decodes a document into the Go types of schemas, as `encoding/json` does: keys in the order in which a YAML client
 * sends them (sorted), unknown ones dropped, null as if absent, and what is no pointer there even if it is absent.
 *
 * @param place the root of the schemas.
 * @param ignoresCase whether a key stands for a field that it equals but for case. On Kubernetes such a key does not get
 *   so far: it is pruned.
 */
export function decode(place: SchemaPlace, document: Node, ignoresCase: boolean): Decoded {
  const errors: (string | undefined)[] = [];
  return new Decoded(place, readAll(place, document, undefined, { ignoresCase, errors, refusals: 0 }), errors);
}

/** What Go makes of a document by several schemas. What they make alike, in the whole or in a part, is one object. */
export class Decoded {
  readonly #place: SchemaPlace;
  readonly #value: unknown;
  readonly #errors: readonly (string | undefined)[];

  constructor(place: SchemaPlace, value: unknown, errors: readonly (string | undefined)[]) {
    this.#place = place;
    this.#value = value;
    this.#errors = errors;
  }

  /** What is made by the schema of an index. */
  value(index: number): unknown {
    return valueOf(this.#value, this.#place.variantOf(index));
  }

  /** What it stumbles over first, in the words of `encoding/json`; it decodes the rest all the same. */
  error(index: number): string | undefined {
    return this.#errors[index];
  }
}

/** What the variants of a place make of a node, where that is not the same. */
class Differing {
  readonly byVariant: readonly unknown[];

  constructor(byVariant: readonly unknown[]) {
    this.byVariant = byVariant;
  }
}

function valueOf(value: unknown, variant: number): unknown {
  return value instanceof Differing ? value.byVariant[variant] : value;
}

/** What the variants of a place make of a node: one value, or {@link Differing} ones. */
const readAll: Read = (place, node, before, reader) => {
  if (node.kind !== "scalar" && node.original !== node) {
    return readRepetition(place, node.original, before, reader, readAll);
  }
  if (place.isAnyTextInGo && node.kind === "scalar" && typeof node.value === "string") return node.value;
  if (place.variants.length === 1) return read(place, node, before, reader);
  if (before === undefined && place.isStruct && node.kind === "map") return readStructs(place, node, reader);
  if (before === undefined && place.type === "array" && node.kind === "list") return readLists(place, node, reader);
  const values = place.each.map((one, i) => read(one, node, valueOf(before, i), reader));
  return oneIfSame(values);
};

/** What was read of a field, or of an item, that tells variants of the outer place from each other. */
interface Part<I extends Inner = Inner> {
  readonly inner: I;
  readonly value: unknown;
}

function isTelling({ isInAll }: Inner, value: unknown): boolean {
  return value instanceof Differing || !isInAll;
}

/** What a variant of the outer place has of a part. */
function partOf({ variantOf }: Inner, value: unknown, variant: number): unknown {
  const index = variantOf[variant] ?? -1;
  return index < 0 ? undefined : valueOf(value, index);
}

function readStructs(place: SchemaPlace, map: MapNode, reader: Reader): unknown {
  // As the decoder sets them, with what differs in its place.
  const fields: Fields = {};
  let telling: readonly Part<Field>[] = nothingTelling;
  for (const { name: key, value: node } of sortedEntries(map)) {
    const inner = fieldOf(place, key, reader);
    if (inner === undefined) continue;
    const { name } = inner;
    const isRepeated = fields[name] !== undefined;
    const value = readAll(inner.place, node, fields[name], reader);
    setField(fields, name, value);
    if (isRepeated) telling = telling.filter((part) => part.inner !== inner);
    if (isTelling(inner, value)) telling = telling.length === 0 ? [{ inner, value }] : [...telling, { inner, value }];
  }
  const { byVariant, areSame } = place.zeros;
  return telling.length === 0 && areSame
    ? fillZeros(fields, byVariant[0] as Fields)
    : structsOf(fields, telling, byVariant);
}

/** A struct for each variant. */
function structsOf(fields: Fields, telling: readonly Part<Field>[], zeros: readonly unknown[]): unknown {
  return oneForAlike(zeros, telling, (zero, variant) => {
    const own: Fields = {};
    for (const name in fields) setField(own, name, fieldOfVariant(name, fields[name], telling, variant));
    return fillZeros(own, zero as Fields);
  });
}

const nothingTelling: readonly Part<Field>[] = [];

function fieldOfVariant(name: string, value: unknown, telling: readonly Part<Field>[], variant: number): unknown {
  for (const part of telling) if (part.inner.name === name) return partOf(part.inner, part.value, variant);
  return value;
}

function readLists(place: SchemaPlace, { items }: ListNode, reader: Reader): unknown {
  const inner = place.items;
  const values = items.map(({ value }) => readAll(inner.place, value, undefined, reader));
  const { byVariant, areSame } = place.zeros;
  if (areSame && !values.some((value) => isTelling(inner, value))) return fillItems(values, byVariant[0]);
  const parts = values.map((value) => ({ inner, value }));
  return oneForAlike(byVariant, parts, (zero, variant) =>
    fillItems(
      values.map((value) => partOf(inner, value, variant)),
      zero,
    ),
  );
}

/**
 * Makes a value for each variant of a place, but one for those that have the same parts.
 *
 * @param zeros what stands where nothing was read, by variant.
 */
function oneForAlike(
  zeros: readonly unknown[],
  parts: readonly Part[],
  make: (zero: unknown, variant: number) => unknown,
): unknown {
  const made = zeros.slice();
  for (let variant = 0; variant < zeros.length; variant++) {
    const zero = zeros[variant];
    // Mostly it is as the one before.
    let alike = variant - 1;
    while (alike >= 0 && !(zeros[alike] === zero && haveAlike(parts, alike, variant))) alike--;
    made[variant] = alike < 0 ? make(zero, variant) : made[alike];
  }
  return oneIfSame(made);
}

function oneIfSame(values: readonly unknown[]): unknown {
  return values.every((value) => value === values[0]) ? values[0] : new Differing(values);
}

/** Whether two variants have the same parts. */
function haveAlike(parts: readonly Part[], i: number, j: number): boolean {
  for (const { inner, value } of parts) if (partOf(inner, value, i) !== partOf(inner, value, j)) return false;
  return true;
}
