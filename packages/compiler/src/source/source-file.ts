import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";

/** A file as it is given to meshlog. */
export interface SourceFile {
  /** How diagnostics call the file; the order of paths is the order of the bundle. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** How long files are together, in UTF-16 units of those that are texts, and bytes of the others. */
export function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((size, { content }) => size + content.length, 0);
}

/**
 * A file as text. A byte order mark of UTF-8 stays in the text as U+FEFF, so offsets count it; YAML readers skip it.
 */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The text of a file. One that is no text (UTF-16, other encodings, binary) has a diagnostic and is not to be read; its
 * text is what the place of the diagnostic is counted in.
 */
export function decodeFile({ path, content }: SourceFile): Result<TextFile, Diagnostic> {
  const { text, notText } = typeof content === "string" ? { text: content } : decodeBytes(content);
  const nul = text.indexOf("\0");
  const problem = notText ?? (nul < 0 ? undefined : { at: nul, what: "it holds a NUL character, as binary files do" });
  if (problem === undefined) return { value: { path, text }, diagnostics: [] };
  const place = { file: path, start: problem.at, end: Math.min(problem.at + 1, text.length) };
  return { value: { path, text }, diagnostics: [report("io/not-text", place, { problem: problem.what })] };
}

/** The text of bytes that are UTF-8, so that the bytes need not be kept; else the bytes, which {@link decodeFile} refuses. */
export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  const { text, notText } = decodeBytes(bytes);
  return notText === undefined ? text : bytes;
}

interface Decoded {
  readonly text: string;
  readonly notText?: { readonly at: number; readonly what: string };
}

function decodeBytes(bytes: Uint8Array): Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { text: "", notText: { at: 0, what: "it is written in UTF-16" } };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { text, notText: { at: firstReplaced(text, bytes), what: "a byte of it is not UTF-8" } };
  }
}

/** The offset of the first U+FFFD of the text that stands for an invalid byte, not for itself. */
function firstReplaced(text: string, bytes: Uint8Array): number {
  let byte = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === 0xfffd && !(bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd))
      return offset;
    // Each half of a surrogate pair counts for two of its four bytes.
    byte += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return 0;
}
