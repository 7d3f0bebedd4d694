import type { Diagnostic, Line } from "@meshlog/parser";

/** A line for other programs: as text, in Base64 where it is not UTF-8, or why there is none. */
export function lineJson(line: Line | undefined, diagnostics: readonly Diagnostic[]): object {
  if (line === undefined) return { error: diagnostics.map(({ message }) => message).join(" ") };
  return line.text === undefined ? { lineBase64: Buffer.from(line.bytes).toString("base64") } : { line: line.text };
}
