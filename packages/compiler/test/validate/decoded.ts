import { decode, type Decoded, decodedAspects, nothingDecoded } from "../../src/validate/decode.ts";
import type { Schema } from "../../src/validate/schema.ts";
import { SchemaPlace } from "../../src/validate/schema-place.ts";
import { read } from "../source/read.ts";

/** What a schema makes of a document; one that is empty is an empty map. */
export function decoded(schema: Schema, text: string, ignoresCase = true): Decoded {
  const root = read(text).roots[0] ?? read("{}").roots[0];
  const [one] = root === undefined ? [] : decode(SchemaPlace.root([schema], decodedAspects), root, ignoresCase);
  return one ?? nothingDecoded;
}
