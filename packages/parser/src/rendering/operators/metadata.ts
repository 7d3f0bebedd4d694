import type { MetadataArgument } from "../../arguments/metadata.ts";
import { type Call, keyOf, metadataKey } from "../call-key.ts";
import type { FactIndex } from "../facts.ts";
import { isList, type Json } from "../json.ts";
import type { Scene } from "../scene.ts";
import { cutString, cutText, none, stringValue, textOf, type Value, valueOf } from "../value.ts";

/**
 * A piece of metadata: a fact of its own, or what a fact that holds it has in its place. What JSON calls null may be
 * there or not; only the latter tells.
 */
export function metadataOf(call: Call, argument: MetadataArgument, limit: number | undefined, scene: Scene): Value {
  const { facts, envoy } = scene;
  const exact = facts.exact(call);
  if (exact !== undefined && exact.kind !== "missing") return cutMetadata(exact, limit, envoy.minor);
  const key = keyOf(call);
  const found = lookUp(key, argument, facts);
  if (found === null) return cutNull(limit, envoy.minor);
  if (found !== undefined) return cutMetadata(valueOf(found), limit, envoy.minor);
  return exact ?? (isToldMissing(key, argument, facts) ? none : facts.absent(key));
}

/** The facts that may hold a piece of metadata, the nearest first, each with the keys that lead on from it. */
function* holders(key: string, { namespace, path }: MetadataArgument): Generator<readonly [string, readonly string[]]> {
  const type = /\(([^:]*)/.exec(key)?.[1] ?? "";
  const keys = path.map(({ text }) => text);
  for (let depth = keys.length - 1; depth >= 0; depth--) {
    yield [metadataKey(type, namespace?.text ?? "", keys.slice(0, depth)), keys.slice(depth)];
  }
}

/** What a fact says that holds the piece; undefined where none does, or where it is not in it. */
function lookUp(key: string, argument: MetadataArgument, facts: FactIndex): Json | undefined {
  for (const [holder, rest] of holders(key, argument)) {
    const whole = facts.json(holder);
    if (whole === undefined || whole === null) continue;
    return rest.reduce<Json | undefined>(memberOf, whole);
  }
  return undefined;
}

/** Whether a fact that would hold the piece is told, so that its absence is too. */
function isToldMissing(key: string, argument: MetadataArgument, facts: FactIndex): boolean {
  return [...holders(key, argument)].some(([holder]) => facts.json(holder) !== undefined);
}

function memberOf(json: Json | undefined, key: string): Json | undefined {
  if (typeof json !== "object" || json === null || isList(json) || !Object.hasOwn(json, key)) return undefined;
  return json[key];
}

/**
 * Source: `source/common/formatter/stream_info_formatter.cc`, `MetadataFormatter`. As text everything is cut. Up to 1.36
 * JSON has no limit; up to 1.39 a number or boolean that is too long becomes a string; since 1.40 only strings are cut.
 */
function cutMetadata(value: Value, limit: number | undefined, minor: number): Value {
  if (limit === undefined) return value;
  if (minor < 37) return cutText(value, limit);
  if (value.kind === "string") return cutString(value, limit);
  const text = textOf(value) ?? "";
  if (minor < 40 && value.kind !== "structure" && text.length > limit) return stringValue(text.slice(0, limit));
  return cutText(value, limit);
}

/** A null that is there: from 1.37 to 1.39 it counts as four letters where they are too long. */
function cutNull(limit: number | undefined, minor: number): Value {
  const isCut = limit !== undefined && limit < 4 && minor >= 37 && minor < 40;
  return isCut ? stringValue("null".slice(0, limit)) : none;
}
