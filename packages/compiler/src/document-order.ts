import type { Diagnostic } from "./diagnostics.ts";
import { lastAtMost } from "./source/last-at-most.ts";
import type { Bundle } from "./source/load.ts";
import { splitDocuments } from "./source/split-documents.ts";

/**
 * Brings the findings of several stages into the order in which people read them: by file and document; of each document
 * first what Kuma's API would answer, in its order, then the rest by position.
 */
export function inDocumentOrder(bundle: Bundle, ...stages: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  const files = new Map(
    bundle.files.map(({ path, text }, index) => [
      path,
      { index, starts: splitDocuments(text).map(({ start }) => start) },
    ]),
  );
  return stages
    .flat()
    .map((diagnostic, given) => {
      const { index: file, starts } = files.get(diagnostic.file) ?? { index: 0, starts: [] };
      const isViolation = diagnostic.kuma !== undefined && diagnostic.severity === "error";
      const document = lastAtMost(starts, diagnostic.start);
      return {
        diagnostic,
        file,
        document,
        rank: isViolation ? 0 : 1,
        at: isViolation ? given : diagnostic.start,
        given,
      };
    })
    .sort((a, b) => a.file - b.file || a.document - b.document || a.rank - b.rank || a.at - b.at || a.given - b.given)
    .map(({ diagnostic }) => diagnostic);
}
