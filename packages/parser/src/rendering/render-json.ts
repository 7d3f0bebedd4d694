import { type Bytes, toBytes } from "./bytes.ts";
import { deepestJson, isList, printJson, printPieces, printString, sortedEntries } from "./json.ts";
import { printDouble, printProtobufDouble } from "./numbers.ts";
import { renderText, valueOfSingle } from "./render-text.ts";
import type { Format } from "../ast.ts";
import type { Scene } from "./scene.ts";
import { tooDeep } from "./unforetold.ts";
import { textOf, type Value } from "./value.ts";

/** How one line of JSON is made. */
export interface JsonRendering {
  readonly scene: Scene;
  readonly isEmptyOmitted: boolean;
  /** Reads a string of the format that has a `%` in it. */
  readonly read: (text: string) => Format;
}

/**
 * The bytes that a JSON format prints, without the newline that Envoy adds: keys sorted by their bytes (before 1.33
 * Envoy promises no order, so this is one of its lines), values with their types. Source:
 * `source/common/formatter/substitution_formatter.cc`, `JsonFormatterImpl`.
 */
export function renderJsonFormat(format: unknown, rendering: JsonRendering): Bytes {
  return renderNode(format, rendering, 0) ?? (isStructure(format) ? (Array.isArray(format) ? "[]" : "{}") : "null");
}

/** @returns undefined where the value is left out. */
function renderNode(node: unknown, rendering: JsonRendering, depth: number): Bytes | undefined {
  if (depth > deepestJson) tooDeep();
  if (typeof node === "string") return renderString(node, rendering);
  if (typeof node === "number") return printNumber(node, rendering);
  if (typeof node === "boolean") return String(node);
  if (!isStructure(node)) return omits(rendering) ? undefined : "null";
  if (isList(node)) {
    const items = node.map((item: unknown) => renderNode(item, rendering, depth + 1));
    return `[${items.filter((item) => item !== undefined).join(",")}]`;
  }
  const members = sortedEntries(node as Readonly<Record<string, unknown>>).flatMap(([key, value]) => {
    const printed = renderNode(value, rendering, depth + 1);
    return printed === undefined ? [] : [`${printString(key)}:${printed}`];
  });
  const isDropped = members.length === 0 && depth > 0 && dropsObjects(rendering);
  return isDropped ? undefined : `{${members.join(",")}}`;
}

function isStructure(node: unknown): node is object {
  return typeof node === "object" && node !== null;
}

/** Envoy passes over `omit_empty_values` in JSON from 1.33 to 1.39. */
function omits({ isEmptyOmitted, scene }: JsonRendering): boolean {
  const { minor } = scene.envoy;
  return isEmptyOmitted && (minor < 33 || minor >= 40);
}

/** Objects that are or became empty go too since 1.26. */
function dropsObjects(rendering: JsonRendering): boolean {
  return omits(rendering) && rendering.scene.envoy.minor >= 26;
}

function renderString(text: string, rendering: JsonRendering): Bytes | undefined {
  if (!text.includes("%")) return printString(toBytes(text));
  const { scene, isEmptyOmitted } = rendering;
  const format = rendering.read(text);
  const single = valueOfSingle(format, scene);
  return single === undefined ? printPieces(renderText(format, scene, isEmptyOmitted)) : renderValue(single, rendering);
}

/** A value with its type; since 1.40 counts are printed in full. */
function renderValue(value: Value, rendering: JsonRendering): Bytes | undefined {
  switch (value.kind) {
    case "missing":
      return omits(rendering) ? undefined : "null";
    case "string":
      return printString(value.bytes);
    case "integer":
      return rendering.scene.envoy.minor >= 40
        ? (textOf({ kind: "integer", number: value.number }) ?? "")
        : printNumber(value.number, rendering);
    case "double":
      return printNumber(value.number, rendering);
    case "boolean":
      return String(value.boolean);
    case "structure":
      return printJson(value.json);
  }
}

function printNumber(value: number, { scene }: JsonRendering): Bytes {
  return scene.envoy.minor < 33 ? printProtobufDouble(value) : printDouble(value);
}
