/**
 * The same text, as one copy for all that are equal and follow each other closely: findings say the same few things
 * thousands of times.
 */
export function oneCopy(text: string): string {
  const copy = copies.get(text);
  if (copy !== undefined) return copy;
  if (copies.size >= mostCopies) copies.clear();
  copies.set(text, text);
  return text;
}

const mostCopies = 1000;
const copies = new Map<string, string>();
