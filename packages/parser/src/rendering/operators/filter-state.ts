import type { FilterStateArgument } from "../../arguments/filter-state.ts";
import { type Call, keyOf } from "../call-key.ts";
import { printJson, printString } from "../json.ts";
import type { Scene } from "../scene.ts";
import { cutText, none, stringValue, textOf, type Value } from "../value.ts";

/**
 * An object of filter state. TYPED prints protobuf's JSON, so a string with its quotes, and JSON formats do not cut it;
 * PLAIN and FIELD are texts.
 */
export function filterStateOf(
  call: Call,
  { serialization }: FilterStateArgument,
  limit: number | undefined,
  { facts }: Scene,
): Value {
  const value = facts.exact(call) ?? facts.absent(keyOf(call));
  if (value.kind === "missing") return none;
  const type = serialization?.text ?? "";
  if (type === "PLAIN" || type === "FIELD") {
    if (limit === undefined) return value;
    return value.kind === "string" ? stringValue(value.bytes.slice(0, limit)) : cutText(value, limit);
  }
  return cutText(value.text === undefined ? { ...value, text: quoted(value) } : value, limit);
}

function quoted(value: Value): string {
  if (value.kind === "string") return printString(value.bytes);
  return value.kind === "structure" ? printJson(value.json) : (textOf(value) ?? "");
}
