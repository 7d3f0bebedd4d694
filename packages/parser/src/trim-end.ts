/**
 * A text without those of some characters that it ends with. A regular expression looks for the end from each of them
 * anew, which takes the square of their number.
 *
 * @param characters each one UTF-16 unit.
 */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
