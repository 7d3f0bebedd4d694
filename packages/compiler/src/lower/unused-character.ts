/**
 * A character that is not in a text, to mark places in it.
 *
 * @param from the code of the first one to try.
 */
export function unusedCharacter(text: string, from: number): string {
  let code = from;
  while (text.includes(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}
