import type { CelValue } from "./cel-value.ts";
import { unforetold } from "../unforetold.ts";

/** Whether two values are equal; numbers of different types are if they mean the same, other types never are. */
export function isEqual(a: CelValue, b: CelValue): boolean {
  if (a.type === "told" || b.type === "told") unforetold("A comparison in CEL", "facts tell single members, not all");
  if (a.type === "list" && b.type === "list") {
    return a.items.length === b.items.length && a.items.every((item, i) => isEqual(item, b.items[i] ?? item));
  }
  if (a.type === "map" && b.type === "map") {
    return (
      a.entries.length === b.entries.length &&
      a.entries.every(([key, value]) =>
        b.entries.some(([other, there]) => isEqual(key, other) && isEqual(value, there)),
      )
    );
  }
  if (a.type === "null" || b.type === "null") return a.type === b.type;
  if (a.type === "bool" && b.type === "bool") return a.value === b.value;
  return compare(a, b) === 0;
}

/** Less than, equal to or greater than 0, NaN with a NaN; undefined where the types have no order. */
export function compare(a: CelValue, b: CelValue): number | undefined {
  if (isNumber(a) && isNumber(b)) return order(a.value, b.value);
  if (a.type === "string" && b.type === "string") return orderTexts(a.value, b.value);
  if (a.type === "bool" && b.type === "bool") return Number(a.value) - Number(b.value);
  if (a.type === "duration" && b.type === "duration") return order(a.nanoseconds, b.nanoseconds);
  if (a.type === "timestamp" && b.type === "timestamp") return order(a.nanoseconds, b.nanoseconds);
  return undefined;
}

function isNumber(value: CelValue): value is Extract<CelValue, { type: "int" | "uint" | "double" }> {
  return value.type === "int" || value.type === "uint" || value.type === "double";
}

/** JavaScript compares integers and doubles by what they mean. */
function order(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(Number(a)) || Number.isNaN(Number(b)) ? Number.NaN : 0;
}

/** By code points, which is the order of the bytes. */
function orderTexts(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, i) => character !== right[i]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}
