import type { Json } from "../envoy/messages.ts";
import type { FieldChange } from "./changes.ts";
import { stableJson } from "./stable-json.ts";

/**
 * The fields that two messages do not have alike, as deep as they go, in the order of the first and then of the second.
 * Lists of the same length are compared member by member, lists of `{key, value}` by their keys, and others as a whole.
 * There is none exactly if the messages are equal.
 */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  return compare(before as Json, after as Json, "");
}

function compare(before: Json | undefined, after: Json | undefined, path: string): readonly FieldChange[] {
  if (before === after) return [];
  const whole = {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  const [one, other] = [members(before), members(after)];
  if (one === undefined || one.kind !== other?.kind) {
    return stableJson(before) === stableJson(after) ? [] : [whole];
  }
  if (one.kind === "list" && one.entries.size !== other.entries.size) return [whole];
  const isSameOrder = one.kind !== "keyed" || sameOrder([...one.entries.keys()], [...other.entries.keys()]);
  if (!isSameOrder) return [whole];
  const keys = new Set([...one.entries.keys(), ...other.entries.keys()]);
  const step = stepOf[one.kind];
  return [...keys].flatMap((key) => compare(one.entries.get(key), other.entries.get(key), path + step(key, path)));
}

/** What a value is made of. */
interface Members {
  readonly kind: "object" | "keyed" | "list";
  readonly entries: ReadonlyMap<string, Json>;
}

const stepOf: Readonly<Record<Members["kind"], (key: string, path: string) => string>> = {
  object: (key, path) =>
    /^[A-Za-z_@][\w@]*$/.test(key) ? `${path === "" ? "" : "."}${key}` : `[${JSON.stringify(key)}]`,
  keyed: (key) => `[${JSON.stringify(key)}]`,
  list: (key) => `[${key}]`,
};

function members(value: Json | undefined): Members | undefined {
  if (value === null || typeof value !== "object") return undefined;
  if (!Array.isArray(value)) {
    return { kind: "object", entries: new Map(Object.entries(value as Readonly<Record<string, Json>>)) };
  }
  const list = value as readonly Json[];
  const keys = list.map(keyOf);
  const isKeyed = list.length > 0 && !keys.includes(undefined) && new Set(keys).size === keys.length;
  return isKeyed
    ? { kind: "keyed", entries: new Map(list.map((member) => [keyOf(member) ?? "", valueOf(member)])) }
    : { kind: "list", entries: new Map(list.map((member, i) => [String(i), member])) };
}

/** The key of an OpenTelemetry `KeyValue`. */
function keyOf(member: Json): string | undefined {
  const { key, ...rest } = Object(member) as Readonly<Record<string, Json>>;
  const [other, another] = Object.keys(rest);
  return typeof key === "string" && another === undefined && (other === undefined || other === "value")
    ? key
    : undefined;
}

function valueOf(member: Json): Json {
  return (Object(member) as Readonly<Record<string, Json>>)["value"] ?? {};
}

/** Whether what two lists share stands in the same order in both. */
function sameOrder(before: readonly string[], after: readonly string[]): boolean {
  const shared = new Set(before);
  const kept = new Set(after);
  const order = before.filter((key) => kept.has(key));
  return after.filter((key) => shared.has(key)).every((key, i) => key === order[i]);
}
