import { writeNearest } from "../fixes.ts";
import { allMinors, before, type Version } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, split, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** `NAMESPACE:KEY:…`, after `TYPE:` in METADATA. */
export interface MetadataArgument extends ArgumentNode<"metadata" | "typed-metadata"> {
  /** Whose metadata: only METADATA is told. */
  readonly type?: Piece;
  readonly namespace?: Piece;
  /** The keys that lead to the value, from the outside in; none: the whole namespace. */
  readonly path: readonly Piece[];
}

export function readMetadata(source: ArgumentSource): MetadataArgument {
  const [namespace, ...path] = split(source, ":");
  return { ...whole("metadata", source), namespace, path };
}

export function readTypedMetadata(source: ArgumentSource): MetadataArgument {
  const [type, namespace, ...path] = split(source, ":");
  return { ...whole("typed-metadata", source), type, ...(namespace && { namespace }), path };
}

/** Whose metadata METADATA prints, and since when. Source: `source/extensions/formatter/metadata/metadata.cc`. */
export const metadataTypes: ReadonlyMap<string, Version> = new Map<string, Version>([
  ["DYNAMIC", "1.22"],
  ["CLUSTER", "1.22"],
  ["ROUTE", "1.22"],
  ["UPSTREAM_HOST", "1.23"],
  ["LISTENER", "1.29"],
  ["VIRTUAL_HOST", "1.31"],
  ["LISTENER_FILTER_CHAIN", "1.37"],
]);

/** METADATA is told whose metadata; nothing else of it is checked. */
export function checkMetadata(argument: MetadataArgument | undefined, call: CallCheck): void {
  const type = argument?.type;
  const text = type === undefined ? "" : call.effective(type);
  const known = metadataTypes.get(text);
  call.refuse(
    "format/metadata-type",
    type ?? call.place,
    { type: text },
    known === undefined ? allMinors : before(known),
    `${text} is not supported type of metadata`,
    () => (type === undefined ? {} : writeNearest(type.start, type.end, text, metadataTypes.keys())),
  );
}
