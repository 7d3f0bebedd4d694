import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { readDocuments } from "../source/read-documents.ts";
import { decodeFile, type SourceFile } from "../source/source-file.ts";
import type { Shape } from "./shape.ts";

/**
 * Reads a document of meshlog's own, YAML or JSON. A file without a document reads as an empty one.
 *
 * @param what for people: `control-plane file`.
 * @returns no value if anything is wrong: half of a document would say something else.
 */
export function readDocument<T>(source: SourceFile, shape: Shape<T>, what: string): Result<T | undefined, Diagnostic> {
  const { value: file, diagnostics: unreadable } = decodeFile(source);
  if (unreadable.length > 0) return { value: undefined, diagnostics: unreadable };
  const { value: documents, diagnostics: found } = readDocuments(file);
  if (found.length > 0) return { value: undefined, diagnostics: found };
  const diagnostics: Diagnostic[] = [];
  const say = (at: { readonly start: number; readonly end: number }, problem: string): void => {
    const place = { file: file.path, start: at.start, end: at.end };
    diagnostics.push(report("io/own-document", place, { what, problem }));
  };
  const [first, second] = documents;
  if (second !== undefined) say({ start: second.start, end: second.start }, "a second document begins in it");
  const value = first?.root === undefined ? undefined : shape.read(first.root, say);
  return { value: diagnostics.length > 0 ? undefined : value, diagnostics };
}
