import { isBreak, startOfBreak } from "./line-breaks.ts";
import type { ScalarToken } from "./scalar-token.ts";

/** The indentation of the first line with content of a block scalar; -1 if there is none. */
export function firstIndent(source: string, contentStart: number, contentEnd: number): number {
  for (let offset = contentStart, line = contentStart; offset < contentEnd; offset++) {
    if (isBreak(source.charCodeAt(offset))) line = offset + 1;
    else if (source[offset] !== " ") return offset - line;
  }
  return -1;
}

/**
 * Whether readers find this indentation of a block scalar: the first line with content has it, and no blank line before
 * that is longer (YAML 1.2.2 §8.1.1.1).
 */
export function findsIndent(source: string, contentStart: number, contentEnd: number, indent: number): boolean {
  for (let offset = contentStart, line = contentStart; offset < contentEnd; offset++) {
    if (isBreak(source.charCodeAt(offset))) {
      if (offset - line > indent) return false;
      line = offset + 1;
    } else if (source[offset] !== " ") return offset - line === indent;
  }
  return false;
}

/** Where a block scalar ends: blank lines after it are part of it only if it keeps them. */
export function endOfBlock(token: ScalarToken): number {
  const { source, contentStart, contentEnd, chomping } = token;
  // Blanks that the file ends with are no line.
  if (chomping === "keep") return startOfBlank(token, contentEnd) ?? contentEnd;
  let end = contentEnd;
  for (;;) {
    const start = startOfBlank(token, end > contentStart ? startOfBreak(source, end) : end);
    if (start === undefined || start === end) return end;
    end = start;
  }
}

/** Where a line begins that ends at an offset, if it is blank and not indented more deeply than the content. */
function startOfBlank({ source, contentStart, indent }: ScalarToken, lineEnd: number): number | undefined {
  let start = lineEnd;
  while (start > contentStart && source[start - 1] === " ") start--;
  const isBlank = start === contentStart || isBreak(source.charCodeAt(start - 1));
  return isBlank && (indent < 0 || lineEnd - start <= indent) ? start : undefined;
}
