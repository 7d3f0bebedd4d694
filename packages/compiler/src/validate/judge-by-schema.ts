import { goQuote } from "@meshlog/parser";
import { countingEntries } from "../source/entries.ts";
import type { ScalarValue } from "../source/scalar-value.ts";
import type { ListNode, MapEntry, MapNode, Node } from "../source/tree.ts";
import { attributeNamePattern, isAttributeName } from "./attribute-name.ts";
import type { Roots } from "./roots.ts";
import type { Schema } from "./schema.ts";
import type { SchemaPlace, Unknown } from "./schema-place.ts";
import type { Aspect } from "./schema-variants.ts";
import { fieldOf, type LocatedViolation, type Path } from "./violation.ts";

/** What a schema says of a document. */
export interface SchemaJudgement {
  /** In no order; texts that come twice are told once. */
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

/** What a judgement depends on. */
export const judgedAspects: readonly Aspect[] = [
  "type",
  "required",
  "enum",
  "minItems",
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "nullable",
];

/** What a schema says of most documents. */
export const nothingFound: SchemaJudgement = { violations: [], unknownFields: [] };

/**
 * The violations of schemas, with the texts of `k8s.io/kube-openapi/pkg/validation/validate`, as Kuma turns them into
 * violations: the first word is the field if it lies in the spec (pkg/core/resources/model/rest/unmarshaller.go:150@v2.14.3).
 *
 * @param place the root of the schemas.
 * @returns by the index of a schema what it says, one object for those that say the same; nothing for those that say
 *   nothing.
 */
export function judgeBySchemas(place: SchemaPlace, document: Node): readonly (SchemaJudgement | undefined)[] {
  const visitor: Visitor = { at: [], found: [], said: 0 };
  visit(place, document, visitor);
  return visitor.found.length === 0 ? [] : judgementsOf(visitor.found);
}

interface Visitor {
  /** The way to the value that is visited. */
  readonly at: (string | number)[];
  readonly found: Found[];
  /** How many things were found, also such as were found before. */
  said: number;
}

/** What some of the schemas say, and no others. */
interface Found {
  readonly roots: Roots;
  /** By their whole texts. */
  readonly violations: Map<string, LocatedViolation>;
  readonly unknownFields: UnknownField[];
}

/** What each schema says, of what some of them say. */
function judgementsOf(found: readonly Found[]): readonly (SchemaJudgement | undefined)[] {
  const judgements: (SchemaJudgement | undefined)[] = [];
  // Those that say the same have one judgement.
  const known = new Map<number, SchemaJudgement>();
  for (const { roots } of found) {
    for (const root of roots) {
      if (judgements[root] !== undefined) continue;
      const whatItSays = setOf(root, found);
      const judgement = known.get(whatItSays) ?? joinFound(found.filter((one) => one.roots.includes(root)));
      known.set(whatItSays, judgement);
      judgements[root] = judgement;
    }
  }
  return judgements;
}

/** Which parts of what was found a schema says, as bits; if there are more than fit in a number, one that is its own. */
function setOf(root: number, found: readonly Found[]): number {
  let [set, bit] = [0, 1];
  for (const { roots } of found) {
    if (roots.includes(root)) set += bit;
    bit *= 2;
  }
  return found.length > 52 ? -1 - root : set;
}

function joinFound(found: readonly Found[]): SchemaJudgement {
  const violations = new Map<string, LocatedViolation>();
  const unknownFields: UnknownField[] = [];
  for (const one of found) {
    for (const [text, violation] of one.violations) violations.set(text, violation);
    for (const field of one.unknownFields) unknownFields.push(field);
  }
  return { violations: [...violations.values()], unknownFields };
}

/** What the very same schemas said before. */
function foundBy(roots: Roots, { found }: Visitor): Found {
  for (const before of found) if (before.roots === roots) return before;
  const made: Found = { roots, violations: new Map(), unknownFields: [] };
  found.push(made);
  return made;
}

/** @param name the first word of the text: the path of the value, if it is there. */
function report(roots: Roots, text: string, visitor: Visitor, name: string = fieldOf(visitor.at)): void {
  const whole = `${name} ${text}`;
  visitor.said++;
  const { violations } = foundBy(roots, visitor);
  if (violations.has(whole)) return;
  // Kuma splits at spaces: a key with a space in it ends the field early.
  const end = name.startsWith("spec.") ? whole.indexOf(" ") : -1;
  violations.set(whole, {
    field: whole.slice(0, Math.max(end, 0)),
    message: whole.slice(end + 1),
    at: [...visitor.at],
  });
}

function visit(place: SchemaPlace, node: Node, visitor: Visitor): void {
  if (place.isAnything) return;
  if (node.kind === "scalar" || node.original === node) visitOnce(place, node, visitor);
  else visitRepetition(place, node.original, visitor);
}

/** Visits what stands several times in a file: where nothing was found in it before, there is nothing. */
function visitRepetition(place: SchemaPlace, original: MapNode | ListNode, visitor: Visitor): void {
  if (place.fine.has(original)) return;
  const { said } = visitor;
  visitOnce(place, original, visitor);
  if (visitor.said === said) place.fine.add(original);
}

function visitOnce(place: SchemaPlace, node: Node, visitor: Visitor): void {
  const actual = typeOf(node);
  if (actual === place.type) visitTyped(place, node, visitor);
  else visitMixed(place, node, actual, visitor);
}

/** Visits a value that is not of the one type that all schemas want. */
function visitMixed(place: SchemaPlace, node: Node, actual: string, visitor: Visitor): void {
  const fitting = place.variants.flatMap(({ schema, roots }, i) => {
    if (actual === "null" && isNullAllowed(schema)) return [];
    checkEnum(schema, node, roots, visitor);
    if (schema.type === undefined || schema.type === actual) return i;
    report(roots, `in body must be of type ${schema.type}: ${JSON.stringify(actual)}`, visitor);
    return [];
  });
  if (fitting.length > 0) visitTyped(place.some(fitting), node, visitor);
}

function isNullAllowed({ type, nullable = false }: Schema): boolean {
  return type === undefined || nullable;
}

function checkEnum({ enum: values }: Schema, node: Node, roots: Roots, visitor: Visitor): void {
  const isOneOf = (taken: readonly string[]): boolean =>
    node.kind === "scalar" && typeof node.value === "string" && taken.includes(node.value);
  if (values !== undefined && !isOneOf(values))
    report(roots, `in body should be one of [${values.join(" ")}]`, visitor);
}

/** Visits a value of a type that all schemas take. */
function visitTyped(place: SchemaPlace, node: Node, visitor: Visitor): void {
  switch (node.kind) {
    case "scalar":
      if (typeof node.value === "string" && !place.isAnyText) visitString(place, node, node.value, visitor);
      return;
    case "list":
      visitList(place, node, visitor);
      return;
    case "map":
      visitMap(place, node, visitor);
      return;
  }
}

function visitString(place: SchemaPlace, node: Node, text: string, visitor: Visitor): void {
  for (const { schema, roots } of place.variants) {
    checkEnum(schema, node, roots, visitor);
    checkString(schema, text, roots, visitor);
  }
}

function visitList(place: SchemaPlace, { items }: ListNode, visitor: Visitor): void {
  for (const { schema, roots } of place.variants) {
    const { minItems = 0 } = schema;
    if (items.length < minItems) report(roots, `in body should have at least ${minItems} items`, visitor);
  }
  const inner = place.items.place;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item !== undefined) visitChild(inner, item.value, i, visitor);
  }
}

function visitChild(place: SchemaPlace, node: Node, step: string | number, visitor: Visitor): void {
  if (place.isAnyText && node.kind === "scalar" && typeof node.value === "string") return;
  visitor.at.push(step);
  visit(place, node, visitor);
  visitor.at.pop();
}

function visitMap(place: SchemaPlace, map: MapNode, visitor: Visitor): void {
  const entries = countingEntries(map);
  // In code that is not yet hot each step of an iterator would be an object.
  entries.forEach((entry) => {
    visitEntry(place, entry, visitor);
  });
  for (const { name, roots } of place.required) {
    if (map.entry(name) === undefined) reportMissing(name, roots, visitor);
  }
}

function visitEntry(place: SchemaPlace, { name, value }: MapEntry, visitor: Visitor): void {
  const field = place.field(name);
  visitChild((field ?? place.values).place, value, name, visitor);
  if (!place.isClosed) return;
  const unknownTo = field === undefined ? place.unknown(name) : field.unknownTo;
  if (unknownTo.length > 0) reportUnknown(name, unknownTo, visitor);
}

function reportUnknown(name: string, unknownTo: readonly Unknown[], visitor: Visitor): void {
  const at = [...visitor.at, name];
  visitor.said++;
  for (const { roots, meant } of unknownTo) {
    const field = { at, name, ...(meant !== undefined && { meant }) };
    foundBy(roots, visitor).unknownFields.push(field);
  }
}

function reportMissing(name: string, roots: Roots, visitor: Visitor): void {
  const parent = fieldOf(visitor.at);
  visitor.at.push(name);
  report(roots, "in body is required", visitor, `${parent}.${name}`);
  visitor.at.pop();
}

function matches(pattern: string, text: string): boolean {
  return pattern === attributeNamePattern ? isAttributeName(text) : new RegExp(pattern, "u").test(text);
}

/** Of the checks of a string only the first that fails is reported. Lengths are in code points. */
function checkString(schema: Schema, text: string, roots: Roots, visitor: Visitor): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  if (text.length > maxLength && Array.from(text).length > maxLength) {
    report(roots, `in body should be at most ${maxLength} chars long`, visitor);
  } else if (text.length < minLength) {
    report(roots, `in body should be at least ${minLength} chars long`, visitor);
  } else if (pattern !== undefined && !matches(pattern, text)) {
    report(roots, `in body should match '${pattern}'`, visitor);
  }
  if (format === "date-time" && !isDateTime(text)) {
    report(roots, `in body must be of type date-time: ${goQuote(text)}`, visitor);
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

/** The type of a value in the words of JSON Schema. */
export function typeOf(node: Node): "object" | "array" | "string" | "boolean" | "number" | "null" {
  switch (node.kind) {
    case "map":
      return "object";
    case "list":
      return "array";
    case "scalar":
      return typeOfScalar(node.value);
  }
}

function typeOfScalar(value: ScalarValue): "string" | "boolean" | "number" | "null" {
  if (value === null) return "null";
  return typeof value === "bigint" ? "number" : (typeof value as "string" | "boolean" | "number");
}
