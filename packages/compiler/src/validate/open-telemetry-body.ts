/**
 * What Kuma makes of the body of an OpenTelemetry logger: it reads the raw JSON of the policy as protobuf JSON of OTLP's
 * `AnyValue`, and falls back to the raw text as one string (meshaccesslog/plugin/xds/configurer.go:286@v2.14.3).
 */
import type { Span } from "@meshlog/parser";
import type { MapEntry, ScalarNode } from "../source/tree.ts";
import { type AnyValueMaker, readAnyValue } from "./any-value.ts";
import { type NodeAt, nodeJson } from "./json-view.ts";
import type { Placed } from "./placed.ts";
import type { Path } from "./violation.ts";

/** A body as Kuma reads it. */
export type Body =
  /** There is none, or one that names no member of an AnyValue: the default format stands in its place. */
  | { readonly kind: "default" }
  | { readonly kind: "value"; readonly value: BodyValue }
  /** It is no AnyValue: its JSON text is the body. */
  | { readonly kind: "raw"; readonly body: NodeAt };

/** An AnyValue with the places that it comes from. */
export type BodyValue =
  | BodyText
  | RefusedValue
  | { readonly kind: "list"; readonly items: readonly BodyValue[] }
  | { readonly kind: "fields"; readonly fields: readonly BodyField[] };

/** A text of a body. */
export interface BodyText extends Placed<ScalarNode> {
  readonly kind: "text";
}

/** A value that Envoy takes in no access log. */
export interface RefusedValue extends Span {
  readonly kind: "refused";
  readonly is: "a boolean" | "a number" | "bytes" | "nothing";
  readonly at: Path;
  /** The member (`intValue: 5`) of a value that is there. */
  readonly member?: MapEntry;
}

export interface BodyField {
  readonly key?: BodyText;
  readonly value: BodyValue;
}

/** Reads a body; what an alias repeats is read once. */
export function readBody(body: NodeAt | undefined): Body {
  if (body === undefined || nodeJson.scalar(body) === null) return { kind: "default" };
  const value = readAnyValue(body, nodeJson, places, false);
  if (value === undefined) return { kind: "raw", body };
  // Without any member the default stays: the target of the reading is not reset first.
  return value.kind === "refused" && value.is === "nothing" ? { kind: "default" } : { kind: "value", value };
}

/** Keeps the places of an AnyValue's parts. */
const places: AnyValueMaker<NodeAt, BodyValue> = {
  text: (_, from) => new Text(from),
  leaf: (is, _, { node, at, entry }) => ({
    kind: "refused",
    is,
    start: entry?.key.start ?? node.start,
    end: node.end,
    at,
    ...(entry === undefined ? {} : { member: entry }),
  }),
  nothing: ({ node, at, entry }) => nothing(entry?.key ?? node, at),
  list: (items) => ({ kind: "list", items }),
  fields: (fields) => ({
    kind: "fields",
    fields: fields.map(({ from, key, value }) => ({
      ...(key === undefined ? {} : { key: new Text(key.from) }),
      value: value ?? nothing(firstKey(from), from.at),
    })),
  }),
};

function nothing({ start, end }: Span, at: Path): RefusedValue {
  return { kind: "refused", is: "nothing", start, end, at };
}

function firstKey({ node }: NodeAt): Span {
  return (node.kind === "map" ? node.entries[0]?.key : undefined) ?? node;
}

class Text implements BodyText {
  readonly kind = "text";
  declare readonly node: ScalarNode;
  declare private readonly place: NodeAt;

  /** @param place of a text, which only a scalar is. */
  constructor(place: NodeAt) {
    this.node = place.node as ScalarNode;
    this.place = place;
  }

  get at(): Path {
    return this.place.at;
  }
}
