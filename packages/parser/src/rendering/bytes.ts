/**
 * A text as bytes: a string with one character, U+0000 to U+00FF, for each byte. Envoy cuts and joins bytes and does not
 * mind what they mean; so may this, with the string operations of the language, and nothing is lost on the way.
 */
export type Bytes = string & { readonly bytes?: never };

/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function toBytes(text: string): Bytes {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const pieces: string[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    pieces.push(code < 0x80 ? character : encode(code >= 0xd800 && code < 0xe000 ? 0xfffd : code));
  }
  return pieces.join("");
}

function encode(code: number): Bytes {
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(code));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code));
  return String.fromCharCode(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

/** One character of UTF-8 (RFC 3629 §4): no overlong form, no surrogate, nothing above U+10FFFF. */
const character =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}/g;

/** The text that bytes are in UTF-8; undefined where they are not UTF-8. */
export function toText(bytes: Bytes): string | undefined {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
  const pieces: string[] = [];
  let at = 0;
  for (const { 0: found, index } of bytes.matchAll(character)) {
    const between = bytes.slice(at, index);
    if (isBeyondAscii(between)) return undefined;
    pieces.push(between, decode(found));
    at = index + found.length;
  }
  const rest = bytes.slice(at);
  return isBeyondAscii(rest) ? undefined : pieces.join("") + rest;
}

function isBeyondAscii(bytes: Bytes): boolean {
  return /[\x80-\xff]/.test(bytes);
}

function decode(bytes: Bytes): string {
  const [first = 0, ...others] = Array.from(bytes, (byte) => byte.charCodeAt(0));
  const head = first & (0xff >> (others.length + 2));
  return String.fromCodePoint(others.reduce((code, byte) => (code << 6) | (byte & 0x3f), head));
}

/** The same bytes in an array. */
export function toArray(bytes: Bytes): Uint8Array {
  const array = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) array[i] = bytes.charCodeAt(i);
  return array;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What a text in Base64 (RFC 4648 §4) says; undefined where it is none. */
export function fromBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const pieces: string[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const group = text.slice(i, i + 4).replaceAll("=", "");
    const bits =
      Array.from(group).reduce((sum, digit) => (sum << 6) | digits.indexOf(digit), 0) << (6 * (4 - group.length));
    pieces.push(String.fromCharCode(bits >> 16, (bits >> 8) & 0xff, bits & 0xff).slice(0, group.length - 1));
  }
  return pieces.join("");
}
