import { type FormatPlace, type MapEntry, type MapNode, quote, textOf } from "@meshlog/compiler";
import { parse, type Span, type TextEdit } from "@meshlog/parser";

/** Another way to write a format. */
export interface Conversion extends TextEdit {
  readonly title: string;
}

/**
 * Writes a format of text as JSON, with a key for each operator, or one of JSON as text. Only block style without
 * comments, anchors and other keys between is rewritten: nothing else of the file changes.
 */
export function convertFormat(map: MapNode, formats: readonly FormatPlace[]): Conversion | undefined {
  const type = map.entry("type");
  const body = map.entry(textOf(type?.value) === "Plain" ? "plain" : "json");
  if (type === undefined || body === undefined || type.alias !== undefined || body.alias !== undefined)
    return undefined;
  const span = spanOf(type, body);
  const { source } = type.key;
  const between = source.slice(span.start, span.end);
  if (source[map.start] === "{" || /(?:^|\s)[#&*]/.test(between) || hasOther(map, span)) return undefined;
  const lineStart = Math.max(source.lastIndexOf("\n", span.start - 1), source.lastIndexOf("\r", span.start - 1)) + 1;
  const indent = " ".repeat(span.start - lineStart);
  const text = body.name === "plain" ? toJson(body, indent) : toPlain(body, indent, formats);
  if (text === undefined) return undefined;
  const title = body.name === "plain" ? "Write the format as JSON" : "Write the format as text";
  const lastBreak = /\r?\n?$/.exec(between)?.[0] ?? "";
  return { title, start: span.start, end: span.end - lastBreak.length, text };
}

function spanOf(a: MapEntry, b: MapEntry): Span {
  return { start: Math.min(a.key.start, b.key.start), end: Math.max(a.value.end, b.value.end) };
}

/** Whether another key stands between the two. */
function hasOther(map: MapNode, { start, end }: Span): boolean {
  return map.entries.filter(({ key }) => start <= key.start && key.start < end).length !== 2;
}

function toJson({ value }: MapEntry, indent: string): string | undefined {
  const { parts, text } = parse(textOf(value) ?? "");
  const keys = new Set<string>();
  const fields: string[] = [];
  for (const part of parts) {
    if (part.kind === "broken" || part.kind === "stray") return undefined;
    if (part.kind !== "operator" && part.kind !== "kuma") continue;
    const name = part.kind === "kuma" ? part.name.replace(/^KUMA_/, "") : nameOf(part.name.text, part.argument?.text);
    let key = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_|_$/g, ""); // prettier-ignore
    while (keys.has(key)) key += "_2";
    keys.add(key);
    fields.push(`${indent}- key: ${quoteKey(key)}\n${indent}  value: ${quote(text.slice(part.start, part.end))}`);
  }
  return fields.length === 0 ? undefined : `type: Json\n${indent}json:\n${fields.join("\n")}`;
}

/** What a header is printed for is its name; of other operators their own says more. */
function nameOf(operator: string, argument: string | undefined): string {
  const isHeader = /^(?:REQ|RESP|TRAILER)/.test(operator) && operator !== "REQUEST_DURATION";
  return isHeader && argument !== undefined ? (argument.split("?").at(-1) ?? operator) : operator;
}

/** YAML 1.1 takes `y` and `no` for booleans. */
function quoteKey(key: string): string {
  return /^(?:y|n|yes|no|on|off|true|false|null|\d.*)$/.test(key) || key === "" ? quote(key) : key;
}

function toPlain({ value }: MapEntry, indent: string, formats: readonly FormatPlace[]): string | undefined {
  if (value.kind !== "list" || value.items.length === 0) return undefined;
  const fields: string[] = [];
  for (const { value: item } of value.items) {
    const key = item.kind === "map" ? textOf(item.get("key")) : undefined;
    const place = item.kind === "map" ? formats.find(({ node }) => node === item.get("value")) : undefined;
    if (key === undefined || place === undefined || /[%\s=]/.test(key)) return undefined;
    fields.push(`${key}=${place.node.text}`);
  }
  return `type: Plain\n${indent}plain: ${quote(fields.join(" "))}`;
}
