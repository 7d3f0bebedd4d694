import type { ListNode, MapNode, Node } from "../source/tree.ts";
import { bodyFormats, type BodyFormats } from "./body-formats.ts";
import { fieldPlaces, keysOf, valuesOf } from "./field-places.ts";
import { type Body, readBody } from "./open-telemetry-body.ts";
import { child, type Placed, textAt } from "./placed.ts";
import { Texts } from "./texts.ts";

/**
 * The texts of the format of a file or a TCP sink, by what they are; of what stands several times in a file, one object.
 */
export interface FormatTexts {
  /** Whether it has a text, which goes before its fields, whatever `type` says. */
  readonly hasPlain: boolean;
  /** The keys of its fields, if it has no text. */
  readonly keys: Texts;
  /** What Envoy reads as formats. */
  readonly values: Texts;
}

/** Those of a list of `{key, value}`. */
export type FieldTexts = Pick<FormatTexts, "keys" | "values">;

/** Those of the body of an OpenTelemetry logger. */
export interface BodyTexts extends FieldTexts {
  readonly kind: Body["kind"];
  readonly all: Texts;
  /** Whether it has a value that Envoy takes in no access log. */
  readonly hasRefused: boolean;
}

const noTexts = new Texts([]);

/** The texts of something that is no list, or has no fields. */
const noFields: FieldTexts = { keys: noTexts, values: noTexts };

/** The texts of the fields in a list, by the way from it. */
export function fieldTexts(list: Node | undefined): FieldTexts {
  return list?.kind === "list" ? list.once(ofFields) : noFields;
}

function ofFields(node: ListNode): FieldTexts {
  return fieldsIn({ node, at: [] });
}

function fieldsIn(list: Placed<ListNode>): FieldTexts {
  const fields = fieldPlaces(list);
  return { keys: new Texts(keysOf(fields)), values: new Texts(valuesOf(fields)) };
}

/** The texts of a format, by the way from it. */
export function formatTexts(format: MapNode): FormatTexts {
  return format.once(ofFormat);
}

function ofFormat(node: MapNode): FormatTexts {
  const place = { node, at: [] };
  const plain = textAt(place, "plain");
  if (plain !== undefined) return { hasPlain: true, keys: noTexts, values: new Texts([plain]) };
  const json = child(place, "json");
  const fields = json?.node.kind === "list" ? fieldsIn(json as Placed<ListNode>) : noFields;
  return { hasPlain: false, ...fields };
}

/** The texts of a body, by the way from it. */
export function bodyTexts(body: Node | undefined): BodyTexts {
  if (body?.kind === "map") return body.once(ofBody);
  return body?.kind === "list" ? body.once(ofBody) : ofBody(body);
}

function ofBody(body: Node | undefined): BodyTexts {
  const read = readBody(body && { node: body, at: [] });
  const { all, keys, values, read: ofValue } = bodyFormats(read);
  const hasRefused = ofValue.some(({ kind }) => kind === "refused");
  const texts = (places: BodyFormats["all"]): Texts => (places.length === 0 ? noTexts : new Texts(places));
  return { kind: read.kind, all: texts(all), keys: texts(keys), values: texts(values), hasRefused };
}
