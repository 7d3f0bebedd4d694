import type { ScalarNode } from "../source/tree.ts";
import { compareText } from "./compare-text.ts";
import { type JsonView, plainJson } from "./json-view.ts";

/** JSON as Go's `json.Marshal` writes it: compact, keys sorted, and `<`, `>`, `&`, U+2028, U+2029 escaped. */
export function goJson(json: unknown): string {
  const pieces: string[] = [];
  writeGoJson(json, plainJson, {
    write: (text) => void pieces.push(text),
    text: (text) => void pieces.push(goQuoteJson(text)),
  });
  return pieces.join("");
}

/** Takes the pieces of a JSON text. */
export interface JsonSink<V> {
  /** Punctuation, or a value that is no string. */
  readonly write: (text: string) => void;
  /** A string, to be quoted by {@link goQuoteJson}: a value, or a key with its node if there is one. */
  readonly text: (text: string, from: V | ScalarNode | undefined) => void;
  /** Whether nothing more is wanted. */
  readonly isFull?: () => boolean;
}

/** Writes a value piece by piece. */
export function writeGoJson<V>(value: V, view: JsonView<V>, sink: JsonSink<V>): void {
  if (sink.isFull?.() === true) return;
  const items = view.items(value);
  if (items !== undefined) {
    sink.write("[");
    for (const [i, item] of items.entries()) {
      if (i > 0) sink.write(",");
      writeGoJson(item, view, sink);
    }
    sink.write("]");
    return;
  }
  const members = view.members(value);
  if (members !== undefined) {
    sink.write("{");
    for (const [i, { name, key, value: inner }] of sorted(members).entries()) {
      if (i > 0) sink.write(",");
      sink.text(name, key);
      sink.write(":");
      writeGoJson(inner, view, sink);
    }
    sink.write("}");
    return;
  }
  const scalar = view.scalar(value) ?? null;
  if (typeof scalar === "string") sink.text(scalar, value);
  else sink.write(literal(scalar));
}

const sorted = <M extends { readonly name: string }>(members: readonly M[]): readonly M[] =>
  members.toSorted((a, b) => compareText(a.name, b.name));

function literal(value: number | bigint | boolean | null): string {
  if (typeof value === "bigint") return value.toString();
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

/** A string of JSON with its quotes. Go escapes `<`, `>`, `&`, U+2028 and U+2029 too. */
export function goQuoteJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
