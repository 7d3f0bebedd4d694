const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** A text as Go's `%q` prints it (strconv.Quote): what is not printable is escaped, a space alone is kept of the blanks. */
export function goQuote(text: string): string {
  return `"${text.replace(/["\\]|(?! )[\p{C}\p{Z}]/gu, (character) => short[character] ?? escape(character))}"`;
}

function escape(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const hex = (digits: number): string => point.toString(16).padStart(digits, "0");
  if (point < 0x80) return `\\x${hex(2)}`;
  return point < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
