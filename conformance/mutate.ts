import { pickFrom } from "./random.ts";

/** Values that have no business in most places of a document, and names that objects have by themselves. */
const junk: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 65_536, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308],
  ...["", " ", "x", "0", "*", "%", "%X%", "..", "../../x", "a/b", "\0", "\ud800", "😀", "\u2028", "x".repeat(10_000)],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "null", "2024-01-01", "1.2.3.4:5", "=", "{{ x }}"],
  ...[[], {}, [[]], [null], { "": "" }, { constructor: 1 }, { toString: 1, length: -1 }],
  JSON.parse('{"__proto__":{"kind":"Mesh","length":1}}'),
  JSON.parse(`${"[".repeat(600)}${"]".repeat(600)}`),
];

const names: readonly string[] = [
  ..."__proto__ constructor toString hasOwnProperty valueOf length then kind name mesh uri spec x".split(" "),
  "",
  "a.b/c",
];

/**
 * A value of JSON with something in it taken out, put in, doubled or replaced; the given one stays as it is.
 *
 * @param random as `randomNumbers` makes it.
 */
export function mutate(value: unknown, random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T => pickFrom(list, random);
  if (typeof value !== "object" || value === null || random() < 0.05) return pick(junk);
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const at = Math.floor(random() * (items.length + 1));
    const item = items[at];
    const kind = random();
    if (kind < 0.6 && at < items.length) return items.with(at, mutate(item, random));
    if (kind < 0.8) return [...items.slice(0, at), at < items.length ? item : pick(junk), ...items.slice(at)];
    return items.toSpliced(at, 1);
  }
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const at = Math.floor(random() * (entries.length + 1));
  const [name, field] = entries[at] ?? [pick(names), pick(junk)];
  const kind = random();
  const changed =
    kind < 0.75
      ? [...entries.slice(0, at), [name, mutate(field, random)] as const, ...entries.slice(at + 1)]
      : kind < 0.85
        ? [...entries, [pick(names), random() < 0.5 ? field : pick(junk)] as const]
        : entries.toSpliced(at, 1);
  // It defines its properties and sets none: `__proto__` is a key like any other.
  return Object.fromEntries(changed);
}
