/** The UTF-16 units that readers of YAML look for. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const COMMA = 44;
export const DASH = 45;
export const COLON = 58;
export const GREATER = 62;
export const OPENING_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSING_BRACKET = 93;
export const OPENING_BRACE = 123;
export const BAR = 124;
export const CLOSING_BRACE = 125;

/** Whether a unit is one of some ASCII characters. */
export function oneOf(characters: string): (unit: number) => boolean {
  const units = new Uint8Array(128);
  for (let i = 0; i < characters.length; i++) units[characters.charCodeAt(i)] = 1;
  return (unit) => unit < 128 && units[unit] === 1;
}

/** Letters, digits and what else plain texts begin with that cannot be anything else in YAML. */
export const wordCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/";

/** What no ordinary text holds: control characters, line breaks, byte order marks, surrogates. */
export function isUnusual(unit: number): boolean {
  if (unit <= 0x7e) return unit < SPACE;
  return unit <= 0xa0 || unit === 0x2028 || unit === 0x2029 || isSurrogate(unit) || unit === 0xfeff || unit > 0xfffd;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
