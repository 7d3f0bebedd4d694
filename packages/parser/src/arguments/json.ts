import { kumaBetween } from "../placeholders.ts";
import type { Span } from "../span.ts";
import { type ArgumentSource, placeOf } from "./argument.ts";

/** A value of a JSON text, and where it stands. What lies deeper than anybody asks is read and not kept. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonWord;

export interface JsonObject extends Span {
  readonly kind: "object";
  readonly members: readonly JsonMember[];
  /** The lines that it stands on, from 1. */
  readonly lines: readonly [number, number];
}

export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

export interface JsonArray extends Span {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

export interface JsonString extends Span {
  readonly kind: "string";
  /** What the string says, and where each of its characters stands: a source for a reader of its own. */
  readonly source: ArgumentSource;
}

export interface JsonNumber extends Span {
  readonly kind: "number";
  readonly text: string;
}

export interface JsonWord extends Span {
  readonly kind: "word";
  readonly value: boolean | null;
}

/** Where a text stops being JSON. */
export interface JsonProblem extends Span {
  /** In words. */
  readonly message: string;
  /** In Envoy's words, as far as they can be foretold: its library's choice of words is hard to know. */
  readonly envoy: string;
}

export interface JsonReading {
  readonly value?: JsonNode;
  readonly problem?: JsonProblem;
}

/** Containers deeper than this are read and not kept. */
const keptDepth = 4;

interface Open {
  readonly kind: "object" | "array";
  readonly start: number;
  readonly line: number;
  readonly members: { key: string; value: JsonNode }[];
  readonly items: JsonNode[];
  key: string;
}

/** What may come next in the innermost container. */
type State = "first" | "value" | "key" | "colon" | "next";

function open(kind: Open["kind"], start: number, line: number): Open {
  return { kind, start, line, members: [], items: [], key: "" };
}

/** Stand for all containers of which nothing is kept, however many are open. */
const unkept: Readonly<Record<Open["kind"], Open>> = { object: open("object", 0, 1), array: open("array", 0, 1) };

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const word = /true|false|null/y;
// eslint-disable-next-line no-control-regex
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y;

/**
 * Reads JSON as Envoy's library (nlohmann) does: strictly, a NUL being the end of the text. It keeps a stack of its own,
 * so that no nesting is too deep.
 */
export function readJson(source: ArgumentSource): JsonReading {
  const { text } = source;
  const lineAt = countLines(text);
  const stack: Open[] = [];
  let state = "value" as State;
  let root: JsonNode | undefined;
  let at = text.startsWith("\uFEFF") ? 1 : 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    if (match !== undefined) at += match.length;
    return match;
  };
  const add = (value: JsonNode): void => {
    const container = stack.at(-1);
    state = "next";
    if (container === undefined) root = value;
    else if (stack.length > keptDepth) return;
    else if (container.kind === "array") container.items.push(value);
    else container.members.push({ key: container.key, value });
  };
  const close = ({ kind, start, line, items, members }: Open): void => {
    stack.pop();
    const span = placeOf(source, start, at);
    if (kind === "array") add({ kind, ...span, items });
    else add({ kind, ...span, members, lines: [line, lineAt(at)] });
  };
  const fail = (expected: string, envoy?: string): JsonReading => {
    for (let inner = stack.at(-1); inner !== undefined; inner = stack.at(-1)) close(inner);
    return { ...(root && { value: root }), problem: problemAt(source, at, expected, envoy) };
  };

  for (;;) {
    take(space);
    const container = stack.at(-1);
    const isEnd = at >= text.length || text[at] === "\0";
    if (container === undefined && root !== undefined) return isEnd ? { value: root } : fail("the end");
    if (isEnd) return fail(state === "colon" ? '":"' : container === undefined ? "a value" : "more");
    const character = text[at];
    if (container !== undefined && (state === "next" || state === "first")) {
      if (character === (container.kind === "array" ? "]" : "}")) {
        at++;
        close(container);
        continue;
      }
      if (state === "first") state = container.kind === "array" ? "value" : "key";
      else if (character === ",") {
        at++;
        state = container.kind === "array" ? "value" : "key";
        continue;
      } else return fail(container.kind === "array" ? '"," or "]"' : '"," or "}"');
    }
    if (state === "colon") {
      if (character !== ":") return fail('":"');
      at++;
      state = "value";
      continue;
    }
    const start = at;
    if (character === '"') {
      const raw = take(string);
      if (raw === undefined) return fail("a string that is closed");
      const read = unquote(source, start, at);
      if (read === undefined) return fail("a whole surrogate pair");
      if (container !== undefined && state === "key") {
        container.key = read.text;
        state = "colon";
      } else add({ kind: "string", ...placeOf(source, start, at), source: read });
      continue;
    }
    if (state === "key") return fail("a name in quotes");
    if (character === "{" || character === "[") {
      at++;
      const kind = character === "{" ? "object" : "array";
      stack.push(stack.length < keptDepth ? open(kind, start, lineAt(start)) : unkept[kind]);
      state = "first";
      continue;
    }
    const digits = take(number);
    if (digits !== undefined) {
      if (!Number.isFinite(Number(digits))) return fail("a smaller number");
      if (/^[0-9]{19,20}$/.test(digits) && isBeyondInt64(BigInt(digits))) {
        at = start;
        return fail(
          "a smaller number",
          `Error(line: ${lineOf(text, at)}): JSON value from line ${lineOf(text, at)} is larger than int64_t (not supported)`,
        );
      }
      add({ kind: "number", ...placeOf(source, start, at), text: digits });
      continue;
    }
    const literal = take(word);
    if (literal === undefined) return fail("a value");
    add({ kind: "word", ...placeOf(source, start, at), value: literal === "null" ? null : literal === "true" });
  }
}

/** Larger integers are read as floating-point numbers, these are refused. */
function isBeyondInt64(value: bigint): boolean {
  return value >= 2n ** 63n && value < 2n ** 64n;
}

const escaped: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** What a string says; `undefined` where half of a surrogate pair is escaped alone. */
function unquote(source: ArgumentSource, from: number, to: number): ArgumentSource | undefined {
  const raw = source.text.slice(from + 1, to - 1);
  const masked = source.masked.slice(from + 1, to - 1);
  const { start } = placeOf(source, from + 1, to);
  const inside = kumaBetween(source.kuma ?? [], start, placeOf(source, to - 1, to).start);
  const kuma = inside.length === 0 ? {} : { kuma: inside };
  if (!raw.includes("\\")) {
    const places = source.places?.slice(from + 1, to);
    return { text: raw, masked, start, ...kuma, ...(places && { places }) };
  }
  const read: string[] = [];
  const seen: string[] = [];
  const places: number[] = [];
  for (let i = 0; i < raw.length;) {
    places.push(placeOf(source, from + 1 + i, to).start);
    const [character, length] = raw[i] === "\\" ? readEscape(raw, i) : [raw.charAt(i), 1];
    read.push(character);
    seen.push(length === 1 ? masked.charAt(i) : character);
    i += length;
  }
  places.push(placeOf(source, to - 1, to).start);
  const text = read.join("");
  if (!text.isWellFormed() && raw.isWellFormed()) return undefined;
  return { text, masked: seen.join(""), start, places, ...kuma };
}

function readEscape(raw: string, at: number): [string, number] {
  const letter = raw.charAt(at + 1);
  if (letter === "u") return [String.fromCharCode(Number.parseInt(raw.slice(at + 2, at + 6), 16)), 6];
  return [escaped[letter] ?? letter, 2];
}

function problemAt(source: ArgumentSource, at: number, expected: string, envoy?: string): JsonProblem {
  const { text } = source;
  const column = at - text.lastIndexOf("\n", at - 1);
  const [word = ""] = /^[^\s,:[\]{}\0]{0,20}/.exec(text.slice(at, at + 24)) ?? [];
  const token = word === "" ? text.charAt(at) : word;
  const place = placeOf(source, at, Math.min(text.length, at + Math.max(1, token.length)));
  const where = `Error(line ${lineOf(text, at)}, column ${column}, token ${token}): syntax error`;
  return { ...place, message: `${expected} is missing`, envoy: envoy ?? where };
}

function lineOf(text: string, end: number): number {
  return countLines(text)(end);
}

/** On which line an offset is, from 1; asked at ever later offsets it looks at each character once. */
function countLines(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf("\n");
  return (offset) => {
    while (next >= 0 && next < offset) {
      line++;
      next = text.indexOf("\n", next + 1);
    }
    return line;
  };
}
