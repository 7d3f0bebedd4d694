import { readResources } from "@meshlog/compiler";
import type { TextEdit } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";

/**
 * The file in the style of Prettier, which is loaded when first asked for. A file that is not Kuma's, or no YAML, is
 * left alone.
 */
export async function formatting(document: PolicyDocument): Promise<TextEdit[]> {
  const { text, uri, sections } = document;
  if (uri.endsWith(".json") || !sections.some(({ section }) => section.isKumas)) return [];
  if (readResources({ path: uri, text }).diagnostics.some(({ code }) => code.startsWith("io/"))) return [];
  const [{ format }, yaml] = await Promise.all([import("prettier/standalone"), import("prettier/plugins/yaml")]);
  const formatted = await format(text, { parser: "yaml", plugins: [yaml], printWidth: 120 });
  return difference(document, formatted);
}

/** The edit of the lines between the first and the last that differ. */
function difference(document: PolicyDocument, formatted: string): TextEdit[] {
  const { text } = document;
  if (formatted === text) return [];
  const most = Math.min(text.length, formatted.length);
  let start = 0;
  while (start < most && text[start] === formatted[start]) start++;
  let back = 0;
  while (back < most - start && text.at(-1 - back) === formatted.at(-1 - back)) back++;
  const newText = formatted.slice(start, formatted.length - back);
  return [{ range: document.rangeOf({ start, end: text.length - back }), newText }];
}
