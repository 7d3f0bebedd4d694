import { oncePerText } from "../../bounded-memory.ts";

/** How many UTF-16 units of a text are shown. */
const longest = 2000;

/**
 * Makes a text that comes from a file fit for one line of a terminal: control characters, which could move the cursor
 * or colour what follows, are written out, and a very long text is cut in its middle.
 */
export function printable(text: string): string {
  const cut = text.length <= longest ? text : `${text.slice(0, longest / 2)} … ${text.slice(-longest / 2)}`;
  // eslint-disable-next-line no-control-regex -- these are the characters that must not reach a terminal
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/**
 * The same for a text that is put together: it is looked at only if a part of it cannot be shown as it is.
 *
 * @param parts of the text that come from files. Reports have the same few thousands of times, so each is looked at once.
 */
export function printableWhole(text: string, parts: readonly (string | undefined)[]): string {
  const isPlain = text.length <= longest && parts.every((part) => part === undefined || shown(part) === part);
  return isPlain ? text : printable(text);
}

const shown = oncePerText(1000, printable);
