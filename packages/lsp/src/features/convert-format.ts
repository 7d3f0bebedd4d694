import { type FormatPlace, type MapEntry, type MapNode, quote, textOf } from "@meshlog/compiler";
import { parse, type Span, type TextEdit } from "@meshlog/parser";

/** Another way to write a format. */
export interface Conversion extends TextEdit {
  readonly title: string;
}

/**
 * Writes a format of text as JSON, with a key for each operator, or one of JSON as text. What has comments, anchors and
 * other keys between is left alone: nothing else of the file changes.
 */
export function convertFormat(map: MapNode, formats: readonly FormatPlace[]): Conversion | undefined {
  const type = map.entry("type");
  const body = map.entry(textOf(type?.value) === "Plain" ? "plain" : "json");
  if (type === undefined || body === undefined || type.alias !== undefined || body.alias !== undefined)
    return undefined;
  const span = spanOf(type, body);
  const { source } = type.key;
  const between = source.slice(span.start, span.end);
  if (/(?:^|\s)[#&*]/.test(between) || hasOther(map, span)) return undefined;
  const lineStart = Math.max(source.lastIndexOf("\n", span.start - 1), source.lastIndexOf("\r", span.start - 1)) + 1;
  const indent = " ".repeat(span.start - lineStart);
  const write = source[map.start] === "{" ? inBraces(type.key.style !== "plain") : inBlock(indent);
  const text = body.name === "plain" ? toJson(body, write) : toPlain(body, formats, write);
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

/** How the fields of a format are written. */
interface Writer {
  plain(text: string): string;
  json(fields: readonly Field[]): string;
}

interface Field {
  readonly key: string;
  readonly value: string;
}

function inBlock(indent: string): Writer {
  return {
    plain: (text) => `type: Plain\n${indent}plain: ${quote(text)}`,
    json: (fields) =>
      `type: Json\n${indent}json:\n${fields.map(({ key, value }) => `${indent}- key: ${quoteKey(key)}\n${indent}  value: ${quote(value)}`).join("\n")}`,
  };
}

/** @param isJson whether it has to be JSON, and not only YAML. */
function inBraces(isJson: boolean): Writer {
  const map = (fields: readonly (readonly [key: string, value: string])[]): string =>
    fields.map(([key, value]) => `${isJson ? JSON.stringify(key) : key}: ${value}`).join(", ");
  const word = (text: string): string => (isJson ? JSON.stringify(text) : text);
  const text = (value: string): string => (isJson ? JSON.stringify(value) : quote(value));
  return {
    plain: (value) => map([["type", word("Plain")], ["plain", text(value)]]),
    json: (fields) =>
      map([
        ["type", word("Json")],
        ["json", `[${fields.map(({ key, value }) => `{${map([["key", text(key)], ["value", text(value)]])}}`).join(", ")}]`],
      ]),
  }; // prettier-ignore
}

function toJson({ value }: MapEntry, write: Writer): string | undefined {
  const { parts, text } = parse(textOf(value) ?? "");
  const keys = new Set<string>();
  const fields: Field[] = [];
  for (const part of parts) {
    if (part.kind === "broken" || part.kind === "stray") return undefined;
    if (part.kind !== "operator" && part.kind !== "kuma") continue;
    const name = part.kind === "kuma" ? part.name.replace(/^KUMA_/, "") : nameOf(part.name.text, part.argument?.text);
    let key = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_|_$/g, ""); // prettier-ignore
    while (keys.has(key)) key += "_2";
    keys.add(key);
    fields.push({ key, value: text.slice(part.start, part.end) });
  }
  return fields.length === 0 ? undefined : write.json(fields);
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

function toPlain({ value }: MapEntry, formats: readonly FormatPlace[], write: Writer): string | undefined {
  if (value.kind !== "list" || value.items.length === 0) return undefined;
  const fields: string[] = [];
  for (const { value: item } of value.items) {
    const key = item.kind === "map" ? textOf(item.get("key")) : undefined;
    const place = item.kind === "map" ? formats.find(({ node }) => node === item.get("value")) : undefined;
    if (key === undefined || place === undefined || /[%\s=]/.test(key)) return undefined;
    fields.push(`${key}=${place.node.text}`);
  }
  return write.plain(fields.join(" "));
}
