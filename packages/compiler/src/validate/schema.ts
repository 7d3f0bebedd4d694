import { goQuote } from "@meshlog/parser";
import { attributeNamePattern, isAttributeName } from "./attribute-name.ts";
import type { Json } from "../source/tree.ts";
import { foldName } from "./fold-name.ts";
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
  const visitor: Visitor = { fillsDefaults, at: [], found: new Map(), unknownFields: [] };
  visit(schema, document, visitor);
  return { violations: [...visitor.found.values()], unknownFields: visitor.unknownFields };
}

interface Visitor {
  readonly fillsDefaults: boolean;
  /** The way to the value that is visited. */
  readonly at: (string | number)[];
  /** By their whole texts. */
  readonly found: Map<string, LocatedViolation>;
  readonly unknownFields: UnknownField[];
}

/** @param name the first word of the text: the path of the value, if it is there. */
function report({ at, found }: Visitor, text: string, name: string = fieldOf(at)): void {
  const whole = `${name} ${text}`;
  if (found.has(whole)) return;
  // Kuma splits at spaces: a key with a space in it ends the field early.
  const end = name.startsWith("spec.") ? whole.indexOf(" ") : -1;
  found.set(whole, { field: whole.slice(0, Math.max(end, 0)), message: whole.slice(end + 1), at: [...at] });
}

function visit(schema: Schema, value: Json, visitor: Visitor): void {
  const actual = typeOf(value);
  if (actual === "null" && isNullAllowed(schema, visitor)) return;
  if (schema.enum !== undefined && !(typeof value === "string" && schema.enum.includes(value))) {
    report(visitor, `in body should be one of [${schema.enum.join(" ")}]`);
  }
  if (schema.type !== undefined && schema.type !== actual) {
    report(visitor, `in body must be of type ${schema.type}: ${JSON.stringify(actual)}`);
    return;
  }
  if (typeof value === "string") visitString(schema, value, visitor);
  else if (isList(value)) visitList(schema, value, visitor);
  else if (isMap(value)) visitMap(schema, value, visitor);
}

function visitChild(schema: Schema, value: Json, step: string | number, visitor: Visitor): void {
  visitor.at.push(step);
  visit(schema, value, visitor);
  visitor.at.pop();
}

function isNullAllowed({ type, nullable = false, default: filledIn }: Schema, { fillsDefaults }: Visitor): boolean {
  return type === undefined || nullable || (fillsDefaults && filledIn !== undefined);
}

function visitList({ items, minItems = 0 }: Schema, list: readonly Json[], visitor: Visitor): void {
  if (list.length < minItems) report(visitor, `in body should have at least ${minItems} items`);
  if (items === undefined) return;
  for (const [i, item] of list.entries()) visitChild(items, item, i, visitor);
}

function visitMap({ properties, additionalProperties, required = [] }: Schema, map: JsonMap, visitor: Visitor): void {
  const { at, unknownFields } = visitor;
  const anyText = properties && textFields(properties);
  for (const name in map) {
    if (typeof map[name] === "string" && anyText?.has(name) === true) continue;
    const known = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (known !== undefined) visitChild(known, map[name] ?? null, name, visitor);
    else if (properties !== undefined) {
      const meant = Object.keys(properties).find((field) => foldName(field) === foldName(name));
      unknownFields.push({ at: [...at, name], name, ...(meant === undefined ? {} : { meant }) });
    }
  }
  for (const name of required) {
    if (name in map) continue;
    const parent = fieldOf(at);
    at.push(name);
    report(visitor, "in body is required", `${parent}.${name}`);
    at.pop();
  }
}

const knownTextFields = new WeakMap<object, ReadonlySet<string>>();

/** The fields of an object that any text is good for. */
function textFields(properties: NonNullable<Schema["properties"]>): ReadonlySet<string> {
  const known = knownTextFields.get(properties);
  if (known !== undefined) return known;
  const isAnyText = ({ type, enum: values, minLength, maxLength, pattern, format }: Schema): boolean =>
    (type === undefined || type === "string") &&
    [values, minLength, maxLength, pattern, format].every((limit) => limit === undefined);
  const names = Object.keys(properties).filter((name) => isAnyText(properties[name] ?? {}));
  const fields = new Set(names);
  knownTextFields.set(properties, fields);
  return fields;
}

function matches(pattern: string, text: string): boolean {
  return pattern === attributeNamePattern ? isAttributeName(text) : new RegExp(pattern, "u").test(text);
}

/** Of the checks of a string only the first that fails is reported. Lengths are in code points. */
function visitString(schema: Schema, text: string, visitor: Visitor): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  if (text.length > maxLength && Array.from(text).length > maxLength) {
    report(visitor, `in body should be at most ${maxLength} chars long`);
  } else if (text.length < minLength) {
    report(visitor, `in body should be at least ${minLength} chars long`);
  } else if (pattern !== undefined && !matches(pattern, text)) {
    report(visitor, `in body should match '${pattern}'`);
  }
  if (format === "date-time" && !isDateTime(text)) {
    report(visitor, `in body must be of type date-time: ${goQuote(text)}`);
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
