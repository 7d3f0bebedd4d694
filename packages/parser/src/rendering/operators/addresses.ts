import type { FactIndex } from "../facts.ts";
import { textOf, none, stringValue, type Value } from "../value.ts";

/** An address as Envoy prints it, in its parts; pipes and internal addresses have no port. */
export function splitAddress(address: string): { readonly host: string; readonly port?: number } {
  const [, v6, v4, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+)):([0-9]{1,5})$/.exec(address) ?? [];
  const host = v6 ?? v4;
  return host === undefined ? { host: address } : { host, port: Number(port) };
}

/** `X_PORT` from `X_ADDRESS`: an address without a port prints nothing as text, and null in JSON. */
export function portOf(key: string, facts: FactIndex): Value | undefined {
  const address = facts.get(key.replace(/_PORT$/, "_ADDRESS"));
  if (address === undefined) return undefined;
  const text = textOf(address);
  if (text === undefined) return none;
  const { port } = splitAddress(text);
  return port === undefined ? { kind: "missing", text: "" } : { kind: "integer", number: port };
}

/** `X_ADDRESS_WITHOUT_PORT`, from itself or from `X_ADDRESS`, as a network where there is a mask (since 1.38). */
export function addressOf(name: string, mask: number | undefined, facts: FactIndex): Value {
  const whole = facts.get(name.replace(/_WITHOUT_PORT$/, ""));
  const value = facts.get(name) ?? (whole === undefined ? facts.need(name) : withoutPort(whole));
  const text = textOf(value);
  if (mask === undefined || text === undefined || Math.abs(mask) >= 2 ** 31) return value;
  return stringValue(maskAddress(text, mask));
}

function withoutPort(address: Value): Value {
  const text = textOf(address);
  return text === undefined ? none : stringValue(splitAddress(text).host);
}

/**
 * The network of an address: nothing where the mask is negative or it is no IP address, the whole address where the
 * mask is longer. Source: `Utility::maskAddress` in `source/common/network/cidr_range.cc` at 1.38.
 */
function maskAddress(address: string, mask: number): string {
  const words = readV4(address) ?? readV6(address);
  if (words === undefined || mask < 0) return "";
  const isV4 = words.length === 2;
  const length = Math.min(mask, words.length * 16);
  const masked = words.map((word, i) => {
    const kept = Math.min(16, Math.max(0, length - i * 16));
    return word & (0xffff << (16 - kept)) & 0xffff;
  });
  return `${isV4 ? printV4(masked) : printV6(masked)}/${length}`;
}

function readV4(text: string): readonly number[] | undefined {
  const bytes = text.split(".").map(Number);
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || bytes.some((byte) => byte > 255)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [(a << 8) | b, (c << 8) | d];
}

function readV6(text: string): readonly number[] | undefined {
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text)) return undefined;
  const tailStart = text.lastIndexOf(":") + 1;
  const [before, last] =
    tailStart > 0 && text.includes(".", tailStart) ? [text.slice(0, tailStart), text.slice(tailStart)] : [text];
  const tail = last === undefined ? [] : readV4(last);
  if (tail === undefined) return undefined;
  const groups = (part: string): number[] =>
    part === ""
      ? []
      : part.split(":").map((group) => (/^[0-9A-Fa-f]{1,4}$/.test(group) ? Number.parseInt(group, 16) : Number.NaN));
  const halves = (last === undefined ? text : before.replace(/:$/, before.endsWith("::") ? "::" : "")).split("::");
  const [head, rest, ...surplus] = halves.map(groups);
  if (head === undefined || surplus.length > 0) return undefined;
  const known = [...head, ...(rest ?? []), ...tail];
  const gap = 8 - known.length;
  if (known.some(Number.isNaN) || (rest === undefined ? gap !== 0 : gap < 0)) return undefined;
  return [...head, ...Array.from({ length: gap }, () => 0), ...(rest ?? []), ...tail];
}

function printV4([high = 0, low = 0]: readonly number[]): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
}

/** As `inet_ntop` of glibc: the first of the longest runs of zeros is left out, and mapped IPv4 is shown as such. */
function printV6(words: readonly number[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && words[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
  }
  const hex = (from: number, to: number): string =>
    words
      .slice(from, to)
      .map((word) => word.toString(16))
      .join(":");
  if (best.start < 0) return hex(0, 8);
  const isMapped = best.start === 0 && (best.length === 6 || (best.length === 5 && words[5] === 0xffff));
  if (isMapped) return `::${best.length === 5 ? "ffff:" : ""}${printV4(words.slice(6))}`;
  return `${hex(0, best.start)}::${hex(best.start + best.length, 8)}`;
}
