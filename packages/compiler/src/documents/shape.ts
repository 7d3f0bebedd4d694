import { nearest } from "@meshlog/parser";
import type { Node } from "../source/tree.ts";
import { plainValue } from "./plain-value.ts";

/** What a value of a document of meshlog's own must be: configuration, what a control plane knows, traffic. */
export interface Shape<T> {
  /** Reads a value; `say` is called for each thing that is wrong with it, which then reads as absent. */
  readonly read: (node: Node, say: Say) => T | undefined;
  /** The same as JSON Schema. */
  readonly schema: object;
}

/** Says what is wrong at a node. */
export type Say = (at: Node, problem: string) => void;

/** The type of what a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

/** A text. */
export const text: Shape<string> = scalar("string", "a text", { type: "string" });

/** `true` or `false`. */
export const boolean: Shape<boolean> = scalar("boolean", "true or false", { type: "boolean" });

/** A whole number from 0 on. */
export const wholeNumber: Shape<number> = {
  schema: { type: "integer", minimum: 0 },
  read(node, say) {
    const value = plainValue(node);
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    say(node, "it has to be a whole number");
    return undefined;
  },
};

/** One of some words. */
export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
  return {
    schema: { enum: words },
    read(node, say) {
      const value = plainValue(node);
      const word = words.find((one) => one === value);
      if (word === undefined) say(node, `it has to be one of ${words.join(", ")}`);
      return word;
    },
  };
}

/** The version of a document's format. */
export const formatVersion: Shape<1> = {
  schema: { const: 1 },
  read(node, say) {
    if (plainValue(node) === 1) return 1;
    say(node, "the version of its format has to be 1");
    return undefined;
  },
};

/**
 * A text of which something else decides whether it is right. A number counts as it is written: `2.10` is not `2.1`.
 *
 * @param problemOf what is wrong with it, `undefined` if nothing is.
 */
export function textThat(problemOf: (text: string) => string | undefined): Shape<string> {
  return {
    schema: { type: ["string", "number"] },
    read(node, say) {
      const written = node.kind === "scalar" && node.value !== null ? node.text : undefined;
      const problem = written === undefined ? "it has to be a text" : problemOf(written);
      if (problem === undefined) return written;
      say(node, problem);
      return undefined;
    },
  };
}

/** One of some words, as it is written: `off`, which YAML 1.1 takes for false, is a word too. */
export function wordOf<const W extends string>(...words: readonly W[]): Shape<W> {
  return {
    schema: { enum: words },
    read(node, say) {
      const word = node.kind === "scalar" ? words.find((one) => one === node.text) : undefined;
      if (word === undefined) say(node, `it has to be one of ${words.join(", ")}`);
      return word;
    },
  };
}

/** A list. */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema },
    read(node, say) {
      if (node.kind === "list") return node.items.flatMap(({ value }) => item.read(value, say) ?? []);
      say(node, "it has to be a list");
      return undefined;
    },
  };
}

/** A map with any keys. */
export function mapOf<T>(value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    schema: { type: "object", additionalProperties: value.schema },
    read(node, say) {
      if (node.kind !== "map") {
        say(node, "it has to be a map");
        return undefined;
      }
      const entries = [...node.fields()].flatMap(([name, entry]) => {
        const read = value.read(entry.value, say);
        return read === undefined ? [] : [[name, read] as const];
      });
      return Object.fromEntries(entries);
    },
  };
}

/** A key of an object, with a sentence for people. */
export interface Key<T> {
  readonly shape: Shape<T>;
  readonly about: string;
}

type Keys = Readonly<Record<string, Key<unknown>>>;
type ObjectOf<K extends Keys, R extends keyof K> = { readonly [N in Exclude<keyof K, R>]?: Read<K[N]["shape"]> } & {
  readonly [N in R]: Read<K[N]["shape"]>;
};

/** An object with certain keys, of which some have to be there; others are refused. */
export function object<const K extends Keys, const R extends keyof K & string = never>(
  keys: K,
  required: readonly R[] = [],
): Shape<ObjectOf<K, R>> {
  const names = Object.keys(keys);
  return {
    schema: {
      type: "object",
      additionalProperties: false,
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(
        names.map((name) => [name, { ...keys[name]?.shape.schema, description: keys[name]?.about }]),
      ),
    },
    read(node, say) {
      if (node.kind !== "map") {
        say(node, `it has to be a map with the keys ${names.join(", ")}`);
        return undefined;
      }
      const found: [string, unknown][] = [];
      for (const [name, { key, value }] of node.fields()) {
        const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
        if (known === undefined) {
          say(key, `there is no key "${name}" here; ${keysLike(name, names)}`);
          continue;
        }
        if (plainValue(value) === null) continue;
        const read = known.shape.read(value, say);
        if (read !== undefined) found.push([name, read]);
      }
      const read = Object.fromEntries(found);
      const missing = required.find((name) => !Object.hasOwn(read, name));
      if (missing === undefined) return read as ObjectOf<K, R>;
      say(node, `the key "${missing}" is missing or wrong`);
      return undefined;
    },
  };
}

/** How many keys a sentence can hold. */
const manyKeys = 12;

function keysLike(name: string, names: readonly string[]): string {
  if (names.length <= manyKeys) return `the keys are ${names.join(", ")}`;
  const meant = nearest(name, names);
  return meant === undefined ? "the schema lists the keys" : `is "${meant}" meant?`;
}

interface ScalarTypes {
  readonly string: string;
  readonly boolean: boolean;
}

function scalar<T extends keyof ScalarTypes>(type: T, what: string, schema: object): Shape<ScalarTypes[T]> {
  return {
    schema,
    read(node, say) {
      const value = plainValue(node);
      if (typeof value === type) return value as ScalarTypes[T];
      say(node, `it has to be ${what}`);
      return undefined;
    },
  };
}
