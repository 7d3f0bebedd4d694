import type { Span } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { fieldOf } from "./fields.ts";
import { identityOf } from "./identity.ts";
import { type FieldShape, resourceShapes } from "./resource-shapes.ts";
import type { Resource } from "./resources.ts";
import type { ListNode, MapNode, Node } from "./tree.ts";

/** The first field of a resource that Kuma's API would not take for its type; such a resource is in no store. */
export function misshapen(resource: Resource): Diagnostic | undefined {
  const shape = Object.hasOwn(resourceShapes, resource.kind) ? resourceShapes[resource.kind] : undefined;
  const { spec, node, kind, name, file } = resource;
  if (shape === undefined || spec === undefined) return undefined;
  const found = firstMistake(spec, shape);
  if (found === undefined) return undefined;
  const { start, end, path, wanted } = found;
  const problem = `${(spec === node ? path : `spec${path}`).replace(/^\./, "")} is not ${wanted}`;
  return report(
    "io/invalid-resource",
    { file, start, end },
    { kind, name, problem },
    { resource: identityOf(resource) },
  );
}

interface Mistake extends Span {
  /** The way to it: `.inbound[0].port`. */
  readonly path: string;
  readonly wanted: string;
}

function firstMistake(node: Node, shape: FieldShape): Mistake | undefined {
  if (node.kind === "scalar" && node.value === null) return undefined;
  if (isList(shape)) return node.kind === "list" ? mistakeOfItems(node, shape[0]) : mistake(node, "a list");
  if (typeof shape === "object") return node.kind === "map" ? mistakeOfFields(node, shape) : mistake(node, "a map");
  switch (shape) {
    case "texts":
      return firstMistake(node, texts);
    case "tags":
      return node.kind === "map" ? mistakeOfTags(node) : mistake(node, "a map");
    case "text":
    case "boolean":
    case "number":
      return node.kind === "scalar" && isOfType(node.value, shape) ? undefined : mistake(node, articles[shape]);
  }
}

const texts: FieldShape = ["text"];

function mistakeOfItems({ items }: ListNode, shape: FieldShape): Mistake | undefined {
  for (const [i, { value }] of items.entries()) {
    const found = firstMistake(value, shape);
    if (found !== undefined) return within(`[${i}]`, found);
  }
  return undefined;
}

function mistakeOfFields(node: MapNode, shape: Readonly<Record<string, FieldShape>>): Mistake | undefined {
  for (const field in shape) {
    const value = fieldOf(node, field);
    const inner = shape[field];
    const found = value && inner && firstMistake(value, inner);
    if (found !== undefined) return within(`.${field}`, found);
  }
  return undefined;
}

function mistakeOfTags(node: MapNode): Mistake | undefined {
  for (const [name, { value }] of node.fields()) {
    const found = firstMistake(value, "text");
    if (found !== undefined) return within(`.${name}`, found);
  }
  return undefined;
}

function within(step: string, found: Mistake): Mistake {
  return { ...found, path: step + found.path };
}

const articles = { text: "a text", number: "a number", boolean: "true or false" } as const;

function isOfType(value: unknown, type: "text" | "number" | "boolean"): boolean {
  switch (type) {
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" || typeof value === "bigint" || /^-?\d+$/.test(String(value));
  }
}

function mistake(node: Node, wanted: string): Mistake {
  const { start, end } = node.kind === "map" ? (node.entries[0]?.key ?? node) : node;
  return { start, end, path: "", wanted };
}

const isList = (shape: FieldShape): shape is readonly [FieldShape] => Array.isArray(shape);
