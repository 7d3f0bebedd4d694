import type { Span } from "@meshlog/parser";

/**
 * Splits a file at the lines that begin with `---`, which YAML allows in no scalar, so that a broken document does not
 * hide the others and each can be read, and dropped, alone. Directives stay with the document that they are for.
 */
export function splitDocuments(text: string): readonly Span[] {
  const parts: Span[] = [];
  let start = 0;
  for (const { index } of text.matchAll(/(?<![^\r\n])---(?=[ \t\r\n]|$)/g)) {
    if (index === start || isPrologue(text.slice(start, index))) continue;
    parts.push({ start, end: index });
    start = index;
  }
  if (start < text.length) parts.push({ start, end: text.length });
  return parts;
}

/** Nothing but comments, white space and directives, one of these at least. */
function isPrologue(text: string): boolean {
  if (!/^%/m.test(text)) return false;
  return text.split(/\r\n?|\n/).every((line) => /^\ufeff?\s*(?:#|$)/.test(line) || line.startsWith("%"));
}
