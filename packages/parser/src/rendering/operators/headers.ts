import type { HeaderArgument } from "../../arguments/header.ts";
import type { Bytes } from "../bytes.ts";
import { headerKey } from "../call-key.ts";
import type { FactIndex } from "../facts.ts";
import { type Value, none, stringValue, textOf } from "../value.ts";

/** A header, or its alternative where it is not there. */
export function headerOf(operator: string, { header, alternative }: HeaderArgument, facts: FactIndex): Value {
  const value = header.text === "" ? none : facts.need(headerKey(operator, header.text));
  if (value.kind !== "missing" || alternative === undefined || alternative.text === "") return value;
  return facts.need(headerKey(operator, alternative.text));
}

/** The bytes of a header; undefined where it is not there. */
export function headerBytes(operator: "REQ" | "RESP" | "TRAILER", header: string, facts: FactIndex): Bytes | undefined {
  return textOf(facts.need(headerKey(operator, header)));
}

/** What of a path stands before its query. */
export function withoutQuery(value: Value): Value {
  const path = textOf(value);
  return path === undefined ? none : stringValue(path.split("?", 1)[0] ?? "");
}
