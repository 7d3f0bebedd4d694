import { type Bytes, toBytes, toText } from "./bytes.ts";
import { printDouble } from "./numbers.ts";
import { tooDeep, unforetold } from "./unforetold.ts";

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** No value that Envoy can be sent is nested deeper: protobuf's own limit is a hundred messages. */
export const deepestJson = 100;

const short: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

// eslint-disable-next-line no-control-regex
const special = /["\\\0-\x1f]/g;

/** A string of JSON, quotes included, that Envoy joins of pieces: it escapes each of them for itself. */
export function printPieces(pieces: readonly Bytes[]): Bytes {
  return `"${pieces.map(escape).join("")}"`;
}

/** A string of JSON, quotes included. */
export function printString(bytes: Bytes): Bytes {
  return `"${escape(bytes)}"`;
}

/**
 * What stands between the quotes. A piece that is not UTF-8 as a whole has every byte above 0x7f written as `\u00xx`,
 * and so whatever else has to be escaped. Source: `source/common/json/json_sanitizer.cc` at 1.33; measured.
 */
function escape(bytes: Bytes): Bytes {
  if (toText(bytes) === undefined) return bytes.replace(special, inHexadecimal).replace(/[\x80-\xff]/g, inHexadecimal);
  return bytes.replace(special, (byte) => short[byte] ?? inHexadecimal(byte));
}

function inHexadecimal(byte: string): string {
  return `\\u${byte.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A value as Envoy prints it: compact, keys sorted by their bytes, numbers as doubles. */
export function printJson(value: unknown, depth = 0): Bytes {
  if (depth > deepestJson) tooDeep();
  if (value === null) return "null";
  if (typeof value === "string") return printString(toBytes(value));
  if (typeof value === "number") return printDouble(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "object") return unforetold(`A value of type ${typeof value}`, "it is no JSON");
  if (isList(value)) return `[${value.map((item: unknown) => printJson(item, depth + 1)).join(",")}]`;
  const members = sortedEntries(value as Readonly<Record<string, unknown>>);
  return `{${members.map(([key, item]) => `${printString(key)}:${printJson(item, depth + 1)}`).join(",")}}`;
}

/** The same value with each of its strings replaced; its keys stay. What is nested too deep is told so. */
export function mapStrings(value: unknown, map: (text: string) => string, depth = 0): unknown {
  if (depth > deepestJson) tooDeep();
  if (typeof value === "string") return map(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item: unknown) => mapStrings(item, map, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, map, depth + 1)]));
}

/** Whether a value is a list; `Array.isArray` does not tell read-only ones. */
export function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}

/** The members of an object in the order of the bytes of their keys. */
export function sortedEntries<T>(object: Readonly<Record<string, T>>): (readonly [Bytes, T])[] {
  return Object.entries(object)
    .map(([key, value]) => [toBytes(key), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
