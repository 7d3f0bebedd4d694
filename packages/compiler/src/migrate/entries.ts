import type { Span, TextEdit } from "@meshlog/parser";
import { isPlain, quote, replaceInScalar } from "../source/encode-scalar.ts";
import { isBreak, startOfBreak } from "../source/line-breaks.ts";
import type { MapEntry, MapNode, Node, ScalarNode } from "../source/tree.ts";

/** What is edited in a map is edited where it stands: `undefined` where the layout has no safe place for it. */
type Edits = readonly TextEdit[] | undefined;

/**
 * Takes an entry out of a map, in block or flow style, that has others. Comments below it stay.
 *
 * @param comments whether those within it move to the line above, or go with it and those above it.
 */
export function withoutEntry(map: MapNode, entry: MapEntry, comments: "kept" | "gone" = "kept"): Edits {
  const { source, start: keyStart } = entry.key;
  const i = map.entries.indexOf(entry);
  if (i < 0 || map.entries.length < 2 || map.entries.some(({ merge }) => merge !== undefined)) return undefined;
  const [before, after] = [map.entries[i - 1], map.entries[i + 1]];
  const end = endOf(entry);
  if (isFlow(map, source)) {
    const span =
      after === undefined
        ? { start: before === undefined ? keyStart : endOf(before), end }
        : { start: keyStart, end: after.key.start };
    return comments === "kept" && commentsIn(source, span, entry).length > 0 ? undefined : [{ ...span, text: "" }];
  }
  const lineStart = startOfLine(source, keyStart);
  const margin = source.slice(lineStart, keyStart);
  const indent = /^ */.exec(margin)?.[0] ?? "";
  if (indent === margin) {
    const stop = afterLine(source, end);
    if (comments === "gone") return [{ start: startOfComments(source, lineStart, indent), end: stop, text: "" }];
    const inside = commentsIn(source, { start: keyStart, end: stop }, entry);
    return [{ start: lineStart, end: stop, text: asLines(inside, indent, source) }];
  }
  // The key stands behind the dash of a list's item, and the next takes its place.
  if (!/^ *(?:- +)+$/.test(margin) || after === undefined) return undefined;
  const inside = comments === "gone" ? [] : commentsIn(source, { start: keyStart, end: after.key.start }, entry);
  return [
    ...(inside.length === 0 ? [] : [{ start: lineStart, end: lineStart, text: asLines(inside, indent, source) }]),
    { start: keyStart, end: after.key.start, text: "" },
  ];
}

/** Gives an entry another key, quoted as before. */
export function renamed({ key }: MapEntry, name: string): TextEdit {
  return replaceInScalar(key, { start: 0, end: key.text.length }, name);
}

/** Gives a scalar another text, quoted as before. */
export function retold(scalar: ScalarNode, text: string): TextEdit {
  return replaceInScalar(scalar, { start: 0, end: scalar.text.length }, text);
}

/** Puts an entry before the first of a map. */
export function withFirst(map: MapNode, name: string, value: Value): Edits {
  const [first] = map.entries;
  if (first === undefined || first.merge !== undefined) return undefined;
  const { source, start } = first.key;
  const written = entryText(name, value, map, first);
  const separator = isFlow(map, source) ? ", " : lineBreakOf(source) + " ".repeat(start - startOfLine(source, start));
  return [{ start, end: start, text: written + separator }];
}

/** Puts an entry in the place of another; a comment behind that one stays. */
export function replacedEntry(map: MapNode, entry: MapEntry, name: string, value: Value): Edits {
  if (entry.merge !== undefined) return undefined;
  const { source, start } = entry.key;
  const end = endOf(entry);
  if (commentsIn(source, { start, end }, entry).length > 0) return undefined;
  // A block scalar ends behind its last line break.
  const lineBreak = /\r?\n$/.exec(source.slice(start, end))?.[0] ?? "";
  return [{ start, end, text: entryText(name, value, map, entry) + lineBreak }];
}

/** A text, or fields in their order. */
export type Value = string | number | { readonly [name: string]: Value };

/** Fields as YAML in block style, a line each. */
export function blockText(fields: Readonly<Record<string, Value>>, indent = ""): string {
  return Object.entries(fields)
    .map(([name, value]) =>
      typeof value === "object"
        ? `${indent}${scalarText(name)}:\n${blockText(value, `${indent}  `)}`
        : `${indent}${scalarText(name)}: ${scalarText(value)}`,
    )
    .join("\n");
}

/** An entry as it is written in a map beside another: in quotes where that is, in flow style where the map is. */
function entryText(name: string, value: Value, map: MapNode, beside: MapEntry): string {
  const { source, style, start } = beside.key;
  if (!isFlow(map, source)) {
    const indent = " ".repeat(start - startOfLine(source, start));
    return blockText({ [name]: value }, indent)
      .slice(indent.length)
      .replaceAll("\n", lineBreakOf(source));
  }
  return style === "double" ? JSON.stringify({ [name]: value }).slice(1, -1) : flowText({ [name]: value }).slice(1, -1);
}

function flowText(value: Value): string {
  if (typeof value !== "object") return scalarText(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${scalarText(name)}: ${flowText(one)}`)
    .join(", ")}}`;
}

const scalarText = (value: string | number): string =>
  typeof value === "number" ? String(value) : isPlain(value) ? value : quote(value);

/** Where an entry ends: behind the alias, where it has one. */
function endOf({ value, alias }: MapEntry): number {
  return (alias ?? value).end;
}

/** Whether a map or list is written with braces or brackets. */
export function isFlow({ start }: Node, source: string): boolean {
  return source.charAt(start) === "{" || source.charAt(start) === "[";
}

/** The comments between two places, of which all else is an entry: from `#` to the end of the line. */
function commentsIn(source: string, { start, end }: Span, entry: MapEntry): readonly string[] {
  const scalars = scalarsOf(entry);
  const comments: string[] = [];
  for (let at = start; at < end; at++) {
    const scalar = scalars.find((one) => one.start <= at && at < one.end);
    if (scalar !== undefined) {
      at = scalar.end - 1;
    } else if (source.charAt(at) === "#" && /[\s{[,]/.test(source.charAt(at - 1))) {
      const stop = lineEnd(source, at);
      comments.push(source.slice(at, stop).trimEnd());
      at = stop;
    }
  }
  return comments;
}

/** Where the lines of comments begin that stand above a line with its indentation; else the line itself. */
function startOfComments(source: string, line: number, indent: string): number {
  let start = line;
  while (start > 0) {
    const above = startOfLine(source, startOfBreak(source, start));
    if (!source.startsWith(`${indent}#`, above)) break;
    start = above;
  }
  return start;
}

function scalarsOf({ key, value, alias }: MapEntry): readonly Span[] {
  if (alias !== undefined) return [key, alias];
  switch (value.kind) {
    case "scalar":
      return [key, value];
    case "list":
      return [key, ...value.items.flatMap((item) => (item.alias === undefined ? scalarsIn(item.value) : [item.alias]))];
    case "map":
      return [key, ...scalarsIn(value)];
  }
}

function scalarsIn(node: Node): readonly Span[] {
  switch (node.kind) {
    case "scalar":
      return [node];
    case "list":
      return node.items.flatMap(({ value, alias }) => (alias === undefined ? scalarsIn(value) : [alias]));
    case "map":
      return node.entries.flatMap(scalarsOf);
  }
}

function asLines(comments: readonly string[], indent: string, source: string): string {
  return comments.map((comment) => indent + comment + lineBreakOf(source)).join("");
}

/** The line break that a text uses. */
export function lineBreakOf(source: string): string {
  return source.includes("\r\n") ? "\r\n" : "\n";
}

/** Where the line of an offset begins. */
export function startOfLine(source: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(source.charCodeAt(start - 1))) start--;
  return start;
}

function lineEnd(source: string, offset: number): number {
  let end = offset;
  while (end < source.length && !isBreak(source.charCodeAt(end))) end++;
  return end;
}

/** Where the line after that of an offset begins; a block scalar already ends there. */
export function afterLine(source: string, offset: number): number {
  if (offset > 0 && source.charAt(offset - 1) === "\n") return offset;
  const end = lineEnd(source, offset);
  return source.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, source.length);
}
