import type { Span, TextEdit } from "@meshlog/parser";
import { findsIndent } from "./block-content.ts";
import { decodeScalar } from "./decode-scalar.ts";
import { isBreak, startOfBreak } from "./line-breaks.ts";
import { readScalar } from "./scalar-value.ts";
import type { ScalarNode } from "./tree.ts";

/**
 * The edit of the file after which a scalar's text has `replacement` where `span` of it was: written in the scalar's own
 * style (`'` doubled, `"` and `\` escaped, lines indented), and if that style cannot hold it, with the whole scalar
 * quoted.
 */
export function replaceInScalar(scalar: ScalarNode, span: Span, replacement: string): TextEdit {
  const text = scalar.text.slice(0, span.start) + replacement + scalar.text.slice(span.end);
  const place = scalar.sourceMap().spanToSource(span);
  const encoded = encode(scalar, span, replacement, text);
  if (encoded === undefined || breaksLines(scalar, place)) return replaceScalar(scalar, text);
  const edit = { ...place, text: encoded };
  return leavesLines(scalar, place, replacement) || isRead(scalar, edit, text) ? edit : replaceScalar(scalar, text);
}

/**
 * Whether each line that an edit touches goes on to begin and end with what it begins and ends with now, or with text in
 * its place: then nothing around it is read otherwise, which {@link isRead} finds out by reading all of it.
 */
function leavesLines({ source }: ScalarNode, { start, end }: Span, replacement: string): boolean {
  return (
    start < end &&
    !/\s/.test(source.charAt(start)) &&
    !/\s/.test(source.charAt(end - 1)) &&
    /^\S(?:.*\S)?$/.test(replacement)
  );
}

/** Whether a place has a line break, whose indentation would go with it, or stands where a blank line has none. */
function breaksLines({ style, source, contentStart, indent }: ScalarNode, { start, end }: Span): boolean {
  for (let offset = start; offset < end; offset++) if (isBreak(source.charCodeAt(offset))) return true;
  if (style !== "literal" && style !== "folded") return false;
  let lineStart = start;
  while (lineStart > contentStart && !isBreak(source.charCodeAt(lineStart - 1))) lineStart--;
  return start - lineStart < indent;
}

/** The edit after which a scalar is `text`, in quotes. */
function replaceScalar(scalar: ScalarNode, text: string): TextEdit {
  const { start, end, source } = scalar;
  const quoted = quote(text);
  if (scalar.style === "literal" || scalar.style === "folded") {
    return { start, end, text: quoted + source.slice(startOfBreak(source, end), end) };
  }
  const glued = start === end && /[^\s[{]/.test(source.charAt(start - 1));
  return { start, end, text: glued ? ` ${quoted}` : quoted };
}

/** A text in single quotes, or in double quotes if it holds something that needs an escape. */
export function quote(text: string): string {
  return needsEscape.test(text) ? `"${escapeDouble(text)}"` : `'${text.replaceAll("'", "''")}'`;
}

/**
 * Whether a text can stand without quotes and still is that text: no number, boolean or null, nothing that YAML would
 * take for punctuation, in `[…]` and `{…}` too.
 */
export function isPlain(text: string): boolean {
  return plainInBlock(text) && !flowIndicator.test(text);
}

/** How `replacement` is written within the scalar; `undefined` if its style cannot hold it there. */
function encode(
  { style, text: before, source, contentStart, indent }: ScalarNode,
  span: Span,
  replacement: string,
  text: string,
): string | undefined {
  switch (style) {
    case "plain": {
      // A scalar that already has a comma or a bracket is not in a flow collection, which would end at it.
      const flowSafe = flowIndicator.test(before) || !flowIndicator.test(replacement);
      return plainInBlock(text.replaceAll("\n", " ")) && flowSafe && !needsEscape.test(replacement)
        ? replacement
        : undefined;
    }
    case "single":
      return needsEscape.test(replacement) ? undefined : replacement.replaceAll("'", "''");
    case "double":
      return escapeDouble(replacement);
    case "literal":
    case "folded": {
      const lines = replacement.split("\n");
      const afterLast = span.start > 0 && span.start === before.length && before.endsWith("\n");
      if (indent < 0 || afterLast || lines.some((line) => needsEscape.test(line))) return undefined;
      const lineBreak = source.slice(0, contentStart).endsWith("\r\n") ? "\r\n" : "\n";
      return lines.join((style === "literal" ? lineBreak : lineBreak + lineBreak) + " ".repeat(indent));
    }
  }
}

/** Whether a scalar's text is as wanted after the edit. Nothing but the scalar is copied: a file may have many edits. */
function isRead(scalar: ScalarNode, edit: TextEdit, text: string): boolean {
  const { source: file, start, style, indent, chomping } = scalar;
  const source = file.slice(start, edit.start) + edit.text + file.slice(edit.end, scalar.contentEnd);
  const [contentStart, contentEnd] = [scalar.contentStart - start, source.length];
  const isBlock = style === "literal" || style === "folded";
  const hasIndicator = isBlock && /^.[-+]?[1-9]/.test(source.slice(0, contentStart));
  if (isBlock && !hasIndicator && !findsIndent(source, contentStart, contentEnd, indent)) return false;
  return decodeScalar({ source, style, contentStart, contentEnd, indent, chomping }).text === text;
}

/** What only double quotes can hold, as an escape: line breaks (of YAML 1.1 too), control characters. */
// eslint-disable-next-line no-control-regex
const needsEscape = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/u;
const flowIndicator = /[,[\]{}]/;

const names: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\x07": "\\a",
  "\b": "\\b",
  "\x1b": "\\e",
  "\0": "\\0",
};

function escapeDouble(text: string): string {
  const toEscape = new RegExp(`["\\\\\t]|${needsEscape.source}`, "gu");
  return text.replace(toEscape, (character) => {
    const unit = character.charCodeAt(0);
    return names[character] ?? (unit < 0x100 ? `\\x${hexadecimal(unit, 2)}` : `\\u${hexadecimal(unit, 4)}`);
  });
}

const hexadecimal = (unit: number, digits: number): string => unit.toString(16).padStart(digits, "0");

function plainInBlock(text: string): boolean {
  return (
    /^[^\s\-?:,[\]{}#&*!|>'"%@`]|^[-?:][^\s,[\]{}]/.test(text) &&
    !/: |:$| #|\s$|[\t\r\n]|^(?:---|\.\.\.)(?:\s|$)/.test(text) &&
    !needsEscape.test(text) &&
    isText(text)
  );
}

function isText(text: string): boolean {
  const reading = readScalar(text, "plain");
  return "value" in reading && reading.value === text && text !== "<<";
}
