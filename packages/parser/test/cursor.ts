/** A text with the cursor marker `┆` taken out, and where it stood. */
export function atCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf("┆");
  return { text: marked.replace("┆", ""), offset };
}
