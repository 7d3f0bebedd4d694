import type { Bytes } from "../bytes.ts";
import type { FactIndex } from "../facts.ts";
import { none, stringValue, type Value } from "../value.ts";
import { headerBytes } from "./headers.ts";

/**
 * XFCC_VALUE: the value of a key in the leftmost element of `x-forwarded-client-cert` that has it. Commas, semicolons
 * and escaped quotes may stand between quotes. Source: `source/extensions/formatter/xfcc_value/xfcc_value.cc` at 1.36.
 */
export function xfccValueOf(key: string, facts: FactIndex): Value {
  const header = headerBytes("REQ", "x-forwarded-client-cert", facts) ?? "";
  for (const pair of pairsOf(header)) {
    const equals = pair.indexOf("=");
    const name = (equals < 0 ? pair : pair.slice(0, equals)).trim();
    if (name.toLowerCase() === key.toLowerCase()) {
      return stringValue(unquote(equals < 0 ? "" : pair.slice(equals + 1).trim()));
    }
  }
  return none;
}

/** The pairs of all elements that end outside of quotes. */
function* pairsOf(header: Bytes): Generator<Bytes> {
  let start = 0;
  let isQuoted = false;
  let slashes = 0;
  for (let at = 0; at <= header.length; at++) {
    const byte = header[at];
    if (!isQuoted && (byte === undefined || byte === "," || byte === ";")) {
      yield header.slice(start, at);
      start = at + 1;
    }
    if (byte === '"' && slashes % 2 === 0) isQuoted = !isQuoted;
    slashes = byte === "\\" ? slashes + 1 : 0;
  }
}

function unquote(value: Bytes): Bytes {
  const inner = value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return inner.replace(/\\(["\\])/g, "$1");
}
