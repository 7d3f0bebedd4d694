import type { Json } from "../source/tree.ts";
import { foldName } from "./fold-name.ts";
import { goQuote } from "./go-quote.ts";
import { fieldOf, type LocatedViolation, type Path } from "./violation.ts";

/** The part of OpenAPI's schema language that Kuma's policies are described in, and what Go makes of it. */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "boolean";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: "date-time";
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  /** Filled in where the field is absent, or `null`, if Kuma fills in defaults. */
  readonly default?: string | boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  /** The name of the Go type that a value is decoded into. */
  readonly go?: string;
  /** Whether Go's field is no pointer: absent, it reads as an empty value of its type. */
  readonly isValue?: boolean;
}

/** What a schema says of a document. */
export interface SchemaJudgement {
  /** In the order in which they were met; texts that come twice are told once. */
  readonly violations: readonly LocatedViolation[];
  readonly unknownFields: readonly UnknownField[];
}

/** A field that the schema does not know, which Kuma drops in silence. */
export interface UnknownField {
  readonly at: Path;
  readonly name: string;
  /** The field that Go's decoder takes it for, as it does not look at case. */
  readonly meant?: string;
}

/**
 * The violations of a schema, with the texts of `k8s.io/kube-openapi/pkg/validation/validate`, as Kuma turns them into
 * violations: the first word is the field if it lies in the spec (pkg/core/resources/model/rest/unmarshaller.go:150@v2.14.3).
 *
 * @param fillsDefaults whether null is absent where the schema has a default.
 */
export function judgeBySchema(schema: Schema, document: Json, fillsDefaults: boolean): SchemaJudgement {
  const found = new Map<string, LocatedViolation>();
  const unknownFields: UnknownField[] = [];
  visit(schema, document, [], {
    fillsDefaults,
    report(at, text, name = fieldOf(at)) {
      const whole = `${name} ${text}`;
      if (found.has(whole)) return;
      // Kuma splits at spaces: a key with a space in it ends the field early.
      const inSpec = name.startsWith("spec.");
      const end = whole.indexOf(" ");
      found.set(
        whole,
        inSpec ? { field: whole.slice(0, end), message: whole.slice(end + 1), at } : { field: "", message: whole, at },
      );
    },
    unknown: (field) => void unknownFields.push(field),
  });
  return { violations: [...found.values()], unknownFields };
}

interface Visitor {
  readonly fillsDefaults: boolean;
  readonly report: (at: Path, text: string, name?: string) => void;
  readonly unknown: (field: UnknownField) => void;
}

function visit(schema: Schema, value: Json, at: Path, visitor: Visitor): void {
  const actual = typeOf(value);
  if (actual === "null" && isNullAllowed(schema, visitor)) return;
  if (schema.enum !== undefined && !(typeof value === "string" && schema.enum.includes(value))) {
    visitor.report(at, `in body should be one of [${schema.enum.join(" ")}]`);
  }
  if (schema.type !== undefined && schema.type !== actual) {
    visitor.report(at, `in body must be of type ${schema.type}: ${JSON.stringify(actual)}`);
    return;
  }
  if (typeof value === "string") visitString(schema, value, at, visitor);
  else if (isList(value)) visitList(schema, value, at, visitor);
  else if (isMap(value)) visitMap(schema, value, at, visitor);
}

function isNullAllowed({ type, nullable = false, default: filledIn }: Schema, { fillsDefaults }: Visitor): boolean {
  return type === undefined || nullable || (fillsDefaults && filledIn !== undefined);
}

function visitList({ items, minItems = 0 }: Schema, list: readonly Json[], at: Path, visitor: Visitor): void {
  if (list.length < minItems) visitor.report(at, `in body should have at least ${minItems} items`);
  if (items === undefined) return;
  for (const [i, item] of list.entries()) visit(items, item, [...at, i], visitor);
}

function visitMap(schema: Schema, map: JsonMap, at: Path, visitor: Visitor): void {
  const { properties, additionalProperties, required = [] } = schema;
  for (const name in map) {
    const value = map[name] ?? null;
    const property = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined) visit(property, value, [...at, name], visitor);
    else if (additionalProperties !== undefined) visit(additionalProperties, value, [...at, name], visitor);
    else if (properties !== undefined) {
      const meant = Object.keys(properties).find((known) => foldName(known) === foldName(name));
      visitor.unknown({ at: [...at, name], name, ...(meant === undefined ? {} : { meant }) });
    }
  }
  for (const name of required) {
    if (name in map) continue;
    visitor.report([...at, name], "in body is required", `${fieldOf(at)}.${name}`);
  }
}

/** Of the checks of a string only the first that fails is reported. Lengths are in code points. */
function visitString(schema: Schema, text: string, at: Path, { report }: Visitor): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  if (text.length > maxLength && Array.from(text).length > maxLength) {
    report(at, `in body should be at most ${maxLength} chars long`);
  } else if (text.length < minLength) {
    report(at, `in body should be at least ${minLength} chars long`);
  } else if (pattern !== undefined && !new RegExp(pattern, "u").test(text)) {
    report(at, `in body should match '${pattern}'`);
  }
  if (format === "date-time" && !isDateTime(text)) {
    report(at, `in body must be of type date-time: ${goQuote(text)}`);
  }
}

/** `IsDateTime` and `IsDate` of k8s.io/kube-openapi/pkg/validation/strfmt; any character may precede the fraction. */
function isDateTime(text: string): boolean {
  const [, date = "", hour = "", minute = "", second = ""] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}):([0-9]{2}):([0-9]{2})(?:.[0-9]+)?(?:z|[+-][0-9]{2}:[0-9]{2})$/iu.exec(
      text,
    ) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  return date !== "" && isDay && Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
}

/** A map of a document. */
export type JsonMap = Readonly<Record<string, Json>>;

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The type of a value in the words of JSON Schema. */
export function typeOf(value: Json): "object" | "array" | "string" | "boolean" | "number" | "null" {
  if (value === null) return "null";
  if (typeof value === "object") return Array.isArray(value) ? "array" : "object";
  return typeof value === "bigint" ? "number" : (typeof value as "string" | "boolean" | "number");
}
