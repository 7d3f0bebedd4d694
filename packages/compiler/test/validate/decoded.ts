import { decode, decodedAspects } from "../../src/validate/decode.ts";
import type { Schema } from "../../src/validate/schema.ts";
import { SchemaPlace } from "../../src/validate/schema-place.ts";
import { read } from "../source/read.ts";

/** What a schema makes of a document, and what it stumbles over; a document that is empty is an empty map. */
export function decoded(
  schema: Schema,
  text: string,
  ignoresCase = true,
): { value: unknown; error?: string | undefined } {
  const root = read(text).roots[0] ?? read("{}").roots[0];
  if (root === undefined) throw new Error(`no document: ${text}`);
  const made = decode(SchemaPlace.root([schema], decodedAspects), root, ignoresCase);
  return { value: made.value(0), error: made.error(0) };
}
