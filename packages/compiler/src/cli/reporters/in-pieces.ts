import type { Diagnostic } from "../../diagnostics.ts";

/** The texts of findings one after another, in pieces. */
export function* inPieces(
  diagnostics: readonly Diagnostic[],
  textOf: (diagnostic: Diagnostic) => string,
): Generator<string, void> {
  for (const some of portions(diagnostics)) yield some.map(textOf).join("");
}

/** Findings a thousand at a time. */
export function* portions(diagnostics: readonly Diagnostic[]): Generator<readonly Diagnostic[], void> {
  for (let i = 0; i < diagnostics.length; i += 1000) yield diagnostics.slice(i, i + 1000);
}
