/** A piece of a format, as the yardstick finds it. */
export type ScannedPart =
  | { readonly kind: "literal"; readonly text: string; readonly start: number; readonly end: number }
  | {
      readonly kind: "operator";
      readonly name: string;
      readonly argument: string | undefined;
      readonly limit: number | undefined;
      readonly start: number;
      readonly end: number;
    };

const percent = 37;
const open = 40;
const colon = 58;

/**
 * The yardstick for the speed of parsing: the least that reads a good format into operators with offsets. It knows no
 * operator, checks nothing, and gives up at the first error.
 */
export function scan(text: string): ScannedPart[] {
  const parts: ScannedPart[] = [];
  let literal = 0;
  for (let at = 0; at < text.length;) {
    if (text.charCodeAt(at) !== percent) {
      at++;
      continue;
    }
    if (text.charCodeAt(at + 1) === percent) {
      at += 2;
      continue;
    }
    let next = at + 1;
    while (isNameCharacter(text.charCodeAt(next))) next++;
    const nameEnd = next;
    let argument: string | undefined;
    if (text.charCodeAt(next) === open) {
      const close = text.indexOf(")", next);
      if (close < 0) return parts;
      argument = text.slice(next + 1, close);
      next = close + 1;
    }
    let limit: number | undefined;
    if (text.charCodeAt(next) === colon) {
      const from = ++next;
      while (isDigit(text.charCodeAt(next))) next++;
      limit = Number(text.slice(from, next));
    }
    if (text.charCodeAt(next) !== percent || nameEnd === at + 1) return parts;
    if (literal < at) parts.push({ kind: "literal", text: text.slice(literal, at), start: literal, end: at });
    parts.push({ kind: "operator", name: text.slice(at + 1, nameEnd), argument, limit, start: at, end: next + 1 });
    literal = at = next + 1;
  }
  if (literal < text.length) {
    parts.push({ kind: "literal", text: text.slice(literal), start: literal, end: text.length });
  }
  return parts;
}

function isNameCharacter(code: number): boolean {
  return (code >= 65 && code <= 90) || isDigit(code) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
