import type { Diagnostic } from "./diagnostics.ts";
import { lastAtMost } from "./source/last-at-most.ts";
import type { TextFile } from "./source/source-file.ts";
import { splitDocuments } from "./source/split-documents.ts";

/**
 * Brings the findings of several stages into the order in which people read them: by file and document, and each document
 * as {@link inOrderOfDocument} has it.
 */
export function inDocumentOrder(
  files: readonly TextFile[],
  ...stages: readonly (readonly Diagnostic[])[]
): readonly Diagnostic[] {
  const byFile = Map.groupBy(stages.flat(), ({ file }) => file);
  const ofFiles = files.flatMap(({ path, text }) => {
    const found = byFile.get(path);
    if (found === undefined) return [];
    byFile.delete(path);
    const starts = splitDocuments(text).map(({ start }) => start);
    const byDocument = Map.groupBy(found, ({ start }) => lastAtMost(starts, start));
    return [...byDocument].sort(([a], [b]) => a - b).flatMap(([, those]) => inOrderOfDocument(those));
  });
  // What is about no file of the bundle goes before it.
  return [...byFile.values()].flatMap(inOrderOfDocument).concat(ofFiles);
}

/** The findings of a document: first what Kuma's API would answer, in its order, then the rest by position. */
export function inOrderOfDocument(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.length < 2 ? found : found.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Where a finding stands; what Kuma's API would answer stands before all. */
function placeOf({ kuma, severity, start }: Diagnostic): number {
  return kuma !== undefined && severity === "error" ? -1 : start;
}
