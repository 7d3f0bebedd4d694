import type { Node } from "../source/tree.ts";
import { fieldOf, type LocatedViolation, type Path } from "./violation.ts";

/** The part of OpenAPI's schema language that Kuma's policies are described in. */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "boolean";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly pattern?: string;
  /** Filled in where the field is absent, or `null`. */
  readonly default?: string | boolean;
}

/**
 * The violations of a schema, with the texts of `k8s.io/kube-openapi/pkg/validation/validate`, as Kuma turns them into
 * violations: the first word is the field if it lies in the spec (pkg/core/resources/model/rest/unmarshaller.go:150@v2.14.3).
 * Up to 2.14 Kuma gives them in random order; here they are sorted by field, then message, equal ones once.
 */
export function schemaViolations(schema: Schema, root: Node): readonly LocatedViolation[] {
  const found = new Map<string, LocatedViolation>();
  visit(schema, root, [], (at, text, name = fieldOf(at)) => {
    const whole = `${name} ${text}`;
    const inSpec = name.startsWith("spec.");
    const violation = { field: inSpec ? name : "", message: inSpec ? text : whole, at };
    if (!found.has(whole)) found.set(whole, violation);
  });
  return [...found.values()].sort((a, b) => compare(a.field, b.field) || compare(a.message, b.message));
}

type Report = (at: Path, text: string, name?: string) => void;

function visit(schema: Schema, node: Node, at: Path, report: Report): void {
  const actual = typeOf(node);
  if (actual === "null" && (schema.default !== undefined || schema.type === undefined)) return;
  if (
    schema.enum !== undefined &&
    !(node.kind === "scalar" && schema.enum.includes(String(node.value)) && actual === "string")
  ) {
    report(at, `in body should be one of [${schema.enum.join(" ")}]`);
  }
  if (schema.type !== undefined && schema.type !== actual) {
    report(at, `in body must be of type ${schema.type}: ${JSON.stringify(actual)}`);
    return;
  }
  switch (node.kind) {
    case "scalar":
      if (actual === "string") visitString(schema, node.text, at, report);
      return;
    case "list":
      if (schema.items === undefined) return;
      for (const [i, item] of node.items.entries()) visit(schema.items, item.value, [...at, i], report);
      return;
    case "map":
      for (const [name, { value }] of node.fields()) {
        const property = propertyOf(schema, name);
        if (property !== undefined) visit(property, value, [...at, name], report);
      }
      for (const name of schema.required ?? []) {
        if (node.get(name) === undefined) report([...at, name], "in body is required", `${fieldOf(at)}.${name}`);
      }
  }
}

function propertyOf({ properties = {}, additionalProperties }: Schema, name: string): Schema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
}

/** A field that the schema does not know, which Kuma drops in silence. */
export interface UnknownField {
  readonly at: Path;
  readonly name: string;
}

/** The fields that a schema does not know, outermost first. What has no properties in the schema holds anything. */
export function unknownFields(schema: Schema, node: Node, at: Path = []): readonly UnknownField[] {
  if (node.kind === "list") {
    const { items } = schema;
    return items === undefined ? [] : node.items.flatMap(({ value }, i) => unknownFields(items, value, [...at, i]));
  }
  if (node.kind !== "map" || (schema.properties === undefined && schema.additionalProperties === undefined)) return [];
  return [...node.fields()].flatMap(([name, { value }]) => {
    const property = propertyOf(schema, name);
    const place = [...at, name];
    return property === undefined ? [{ at: place, name }] : unknownFields(property, value, place);
  });
}

/** Of the checks of a string only the first that fails is reported. */
function visitString({ minLength = 0, pattern }: Schema, text: string, at: Path, report: Report): void {
  // Kuma counts runes; no limit of a policy is greater than 1.
  if (text.length < minLength) {
    report(at, `in body should be at least ${minLength} chars long`);
  } else if (pattern !== undefined && !new RegExp(pattern, "u").test(text)) {
    report(at, `in body should match '${pattern}'`);
  }
}

function typeOf(node: Node): "object" | "array" | "string" | "boolean" | "number" | "null" {
  switch (node.kind) {
    case "map":
      return "object";
    case "list":
      return "array";
    case "scalar":
      if (node.value === null) return "null";
      return typeof node.value === "string" ? "string" : typeof node.value === "boolean" ? "boolean" : "number";
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
