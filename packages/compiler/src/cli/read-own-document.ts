import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { indexLines, positionAt } from "../source/positions.ts";
import { decodeFile, type SourceFile } from "../source/source-file.ts";
import { UsageError } from "./exit-code.ts";
import { readWhole } from "./read-whole.ts";

/**
 * Reads a document of meshlog's own that an option names.
 *
 * @throws UsageError if it cannot be read, with a line for each thing that is wrong with it.
 */
export function readOwnDocument<T>(path: string, read: (source: SourceFile) => Result<T | undefined, Diagnostic>): T {
  const content = readWhole(path);
  const { value, diagnostics } = read({ path, content });
  if (value !== undefined) return value;
  const lines = indexLines(decodeFile({ path, content }).value.text);
  const problems = diagnostics.map(({ start, message }) => {
    const { line, column } = positionAt(lines, start);
    return `${path}:${line}:${column}: ${message}`;
  });
  throw new UsageError(...problems);
}
