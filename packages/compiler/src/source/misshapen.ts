import type { Span } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { fieldOf } from "./fields.ts";
import { identityOf } from "./identity.ts";
import { type FieldShape, resourceShapes } from "./resource-shapes.ts";
import type { Resource } from "./resources.ts";
import type { Node } from "./tree.ts";

/** The first field of a resource that Kuma's API would not take for its type; such a resource is in no store. */
export function misshapen(resource: Resource): Diagnostic | undefined {
  const shape = Object.hasOwn(resourceShapes, resource.kind) ? resourceShapes[resource.kind] : undefined;
  const { spec, node, kind, name, file } = resource;
  if (shape === undefined || spec === undefined) return undefined;
  const found = firstMistake(spec, shape, spec === node ? "" : "spec");
  if (found === undefined) return undefined;
  const { start, end, problem } = found;
  return report(
    "io/invalid-resource",
    { file, start, end },
    { kind, name, problem },
    { resource: identityOf(resource) },
  );
}

interface Mistake extends Span {
  readonly problem: string;
}

function firstMistake(node: Node, shape: FieldShape, path: string): Mistake | undefined {
  if (node.kind === "scalar" && node.value === null) return undefined;
  if (isList(shape)) {
    if (node.kind !== "list") return mistake(node, path, "a list");
    return first(node.items.entries(), ([i, { value }]) => firstMistake(value, shape[0], `${path}[${i}]`));
  }
  if (typeof shape === "object") {
    if (node.kind !== "map") return mistake(node, path, "a map");
    return first(Object.entries(shape), ([field, inner]) => {
      const value = fieldOf(node, field);
      return value && firstMistake(value, inner, path === "" ? field : `${path}.${field}`);
    });
  }
  switch (shape) {
    case "texts":
      return firstMistake(node, ["text"], path);
    case "tags":
      if (node.kind !== "map") return mistake(node, path, "a map");
      return first(node.fields(), ([name, { value }]) => firstMistake(value, "text", `${path}.${name}`));
    case "text":
    case "boolean":
    case "number":
      return node.kind === "scalar" && isOfType(node.value, shape) ? undefined : mistake(node, path, articles[shape]);
  }
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

function mistake(node: Node, path: string, wanted: string): Mistake {
  const { start, end } = node.kind === "map" ? (node.entries[0]?.key ?? node) : node;
  return { start, end, problem: `${path} is not ${wanted}` };
}

const isList = (shape: FieldShape): shape is readonly [FieldShape] => Array.isArray(shape);

function first<T, R>(items: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
