import { type Bytes, toBytes } from "./bytes.ts";
import { type Json, printJson } from "./json.ts";
import { printDouble, printInteger } from "./numbers.ts";

/** What an operator yields. `text`, where given, is what it prints as text, if that does not follow from its value. */
export type Value =
  | { readonly kind: "missing"; readonly text?: Bytes }
  | { readonly kind: "string"; readonly bytes: Bytes; readonly text?: Bytes }
  /** A count, which JSON prints in full since 1.40. */
  | { readonly kind: "integer"; readonly number: number; readonly text?: Bytes }
  | { readonly kind: "double"; readonly number: number; readonly text?: Bytes }
  | { readonly kind: "boolean"; readonly boolean: boolean; readonly text?: Bytes }
  | { readonly kind: "structure"; readonly json: Json; readonly text?: Bytes };

export const none: Value = { kind: "missing" };

export function stringValue(bytes: Bytes): Value {
  return { kind: "string", bytes };
}

/** What a value prints as text; undefined where it is missing. */
export function textOf(value: Value): Bytes | undefined {
  if (value.text !== undefined) return value.text;
  switch (value.kind) {
    case "missing":
      return undefined;
    case "string":
      return value.bytes;
    case "integer":
      return printInteger(value.number);
    case "double":
      return printDouble(value.number);
    case "boolean":
      return String(value.boolean);
    case "structure":
      return printJson(value.json);
  }
}

/** The value of a piece of JSON: numbers are doubles, as protobuf has no others. */
export function valueOf(json: Json): Value {
  if (json === null) return none;
  if (typeof json === "number") return { kind: "double", number: json };
  if (typeof json === "boolean") return { kind: "boolean", boolean: json };
  if (typeof json === "string") return stringValue(toBytes(json));
  return { kind: "structure", json };
}

/** The first bytes of a value that prints one string; nothing else of it is left. */
export function cutString(value: Value, limit: number | undefined): Value {
  if (limit === undefined || value.kind !== "string") return value;
  return stringValue(value.bytes.slice(0, limit));
}

/** The same value, of whose text only the first bytes are left. */
export function cutText(value: Value, limit: number | undefined): Value {
  const text = textOf(value);
  return limit === undefined || text === undefined ? value : { ...value, text: text.slice(0, limit) };
}
