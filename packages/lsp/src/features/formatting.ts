import { formatText } from "@meshlog/compiler";
import type { TextEdit } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";
import { editBetween } from "../edit.ts";

/**
 * The file as `meshlog fmt` lays it out: no value and no comment changes. A document that is not Kuma's, or no YAML, is
 * left alone.
 */
export async function formatting(document: PolicyDocument): Promise<TextEdit[]> {
  const { text, uri, isKumas, isText } = document;
  // JSON has a layout of its own.
  if (uri.endsWith(".json") || !isText || !isKumas) return [];
  const formatted = (await formatText(uri, text)).text;
  if (formatted === text) return [];
  const { text: newText, ...span } = editBetween(text, formatted);
  return [{ range: document.rangeOf(span), newText }];
}
