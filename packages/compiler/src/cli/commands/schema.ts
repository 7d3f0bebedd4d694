import type { DocumentKind } from "../../documents/document-kinds.ts";
import { documentSchema } from "../../documents/schemas.ts";
import { exitCode } from "../exit-code.ts";
import type { Streams } from "../streams.ts";

/** The options of `meshlog schema`. */
export interface SchemaOptions {
  readonly kind: DocumentKind;
}

/** `meshlog schema`: prints the JSON Schema of a document. */
export function runSchema({ kind }: SchemaOptions, streams: Streams): number {
  streams.out(`${JSON.stringify(documentSchema(kind), null, 2)}\n`);
  return exitCode.clean;
}
