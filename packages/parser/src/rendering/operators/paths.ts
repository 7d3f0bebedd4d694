import type { Bytes } from "../bytes.ts";
import type { FactIndex } from "../facts.ts";
import { none, stringValue, type Value } from "../value.ts";
import { headerBytes, withoutQuery } from "./headers.ts";

/** PATH: with or without its query, as the client sent it or as it was routed. */
export function pathOf([query, which]: readonly string[], facts: FactIndex): Value {
  const original = which === "PATH" ? undefined : headerBytes("REQ", "x-envoy-original-path", facts);
  const path = original ?? (which === "ORIG" ? undefined : headerBytes("REQ", ":path", facts));
  const value = path === undefined ? none : stringValue(path);
  return query === "NQ" ? withoutQuery(value) : value;
}

/** QUERY_PARAM: the first value of a parameter, its percent escapes read; `+` stays. */
export function queryParameterOf(name: Bytes, facts: FactIndex): Value {
  for (const parameter of queryOf(facts)?.split("&") ?? []) {
    if (parameter === "") continue;
    const equals = parameter.indexOf("=");
    const key = equals < 0 ? parameter : parameter.slice(0, equals);
    if (decode(key) === name) return stringValue(equals < 0 ? "" : decode(parameter.slice(equals + 1)));
  }
  return none;
}

/** QUERY_PARAMS: the query of the routed path. */
export function queryParametersOf([form]: readonly string[], facts: FactIndex): Value {
  const query = queryOf(facts);
  if (query === undefined) return none;
  return stringValue(form === "DECODED" ? decodeVisible(query) : query);
}

function queryOf(facts: FactIndex): Bytes | undefined {
  const path = headerBytes("REQ", ":path", facts);
  const mark = path?.indexOf("?") ?? -1;
  return mark < 0 ? undefined : path?.slice(mark + 1);
}

/** `%XX` that is no escape stays. Source: `Utility::PercentEncoding::decode` in `source/common/http/utility.cc`. */
function decode(text: Bytes): Bytes {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/**
 * Reads the escapes of visible characters, less a few, and leaves the others; a `%` before two characters that are no
 * digits is dropped. Source: `Utility::PercentEncoding::urlDecodeQueryParameter` in the same file.
 */
function decodeVisible(text: Bytes): Bytes {
  return text.replace(/%(?:([0-9A-Fa-f]{2})|(?=[^]{2}))/g, (escape, digits: string | undefined) => {
    if (digits === undefined) return "";
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return /[!-~]/.test(character) && !/["<>\\^{|}]/.test(character) ? character : escape;
  });
}
