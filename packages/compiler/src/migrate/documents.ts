import type { TextEdit } from "@meshlog/parser";
import type { Resource } from "../source/resources.ts";
import { splitDocuments } from "../source/split-documents.ts";
import { lineBreakOf } from "./entries.ts";

/**
 * Writes a document after the one that a resource stands in; `undefined` in JSON, which has one document.
 *
 * @param document without a line break at its end, its lines ended by `\n`.
 */
export function documentBeside({ node, file }: Resource, source: string, document: string): TextEdit | undefined {
  if (file.endsWith(".json")) return undefined;
  const end = splitDocuments(source).find((one) => one.start <= node.start && node.start < one.end)?.end;
  if (end === undefined) return undefined;
  const lines = `---\n${document}`;
  const text = /[\r\n]$/.test(source.slice(0, end)) ? `${lines}\n` : `\n${lines}`;
  return { start: end, end, text: text.replaceAll("\n", lineBreakOf(source)) };
}
