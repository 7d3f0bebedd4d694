import type { Span } from "@meshlog/parser";

/**
 * Splits a file at the lines that begin with `---`, which YAML allows in no scalar, so that a broken document does not
 * hide the others and each can be read, and dropped, alone. Directives stay with the document that they are for.
 */
export function splitDocuments(text: string): readonly Span[] {
  const parts: Span[] = [];
  let start = 0;
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    if (!isMarker(text, at) || at === start || isPrologue(text, start, at)) continue;
    parts.push({ start, end: at });
    start = at;
  }
  if (start < text.length) parts.push({ start, end: text.length });
  return parts;
}

const marker = "---";

/** Whether the hyphens at an offset begin a line, and nothing but blanks stands right after them. */
function isMarker(text: string, at: number): boolean {
  return (at === 0 || "\r\n".includes(text.charAt(at - 1))) && " \t\r\n".includes(text.charAt(at + marker.length));
}

/** Nothing but comments, white space and directives, one of these at least. */
function isPrologue(text: string, start: number, end: number): boolean {
  let hasDirective = false;
  for (let at = start; at < end;) {
    otherLine.lastIndex = at;
    if (text.startsWith("%", at)) hasDirective = true;
    else if (otherLine.test(text) && otherLine.lastIndex <= end) return false;
    while (at < end && !"\r\n".includes(text.charAt(at))) at++;
    at++;
  }
  return hasDirective;
}

/** The beginning of a line that holds anything but a comment. */
const otherLine = /\ufeff?[^\S\r\n]*[^\s#]/y;
