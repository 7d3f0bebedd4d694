import { CR, LF } from "./characters.ts";

/**
 * Line breaks as go-yaml has them, which follows YAML 1.1 (yamlprivateh.go, is_break): CR, LF and CRLF, and next line,
 * line separator, paragraph separator, which YAML 1.2 and with it the libraries take for characters. The block reader takes none but LF.
 */

/** What one of the readers takes for a character: these three, to the `yaml` package a lone CR too. */
const unread = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** The text with LF for the line breaks that a reader of YAML 1.2 does not know: every offset stays what it was. */
export function withKnownBreaks(text: string): string {
  return text.replace(unread, "\n");
}

/** Whether a UTF-16 unit is a line break, or a part of CRLF. Not so NaN, the unit after the end of a text. */
export function isBreak(unit: number): boolean {
  return unit === LF || unit === CR || unit === NEL || isSeparator(unit);
}

/** Where the line break begins that ends at an offset; the offset itself if there is none. */
export function startOfBreak(source: string, end: number): number {
  if (!isBreak(source.charCodeAt(end - 1))) return end;
  return end >= 2 && source.startsWith("\r\n", end - 2) ? end - 2 : end - 1;
}

/** What a line break, by its first unit, is in the text of a scalar: a separator stays, any other is LF (scannerc.go, read_line). */
export function breakText(unit: number): string {
  return isSeparator(unit) ? String.fromCharCode(unit) : "\n";
}

const isSeparator = (unit: number): boolean => unit === 0x2028 || unit === 0x2029;

const NEL = 0x85;
