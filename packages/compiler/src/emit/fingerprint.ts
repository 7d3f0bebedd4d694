/** A number that depends on a text alone: FNV-1a over its UTF-16 units, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/** A short text that tells long ones apart. */
export function fingerprint(text: string): string {
  return hash(text).toString(16).padStart(8, "0");
}
