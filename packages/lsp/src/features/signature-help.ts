import { contextAt, signatureOf } from "@meshlog/parser";
import type { SignatureHelp } from "vscode-languageserver";
import { type Cursor, formatAt } from "../cursor.ts";
import { markdown } from "./offers.ts";

/** The characters after which an editor asks by itself. */
export const signatureTriggers: readonly string[] = ["(", ":", "?"];

/** How the operator is called in whose argument the cursor is. */
export function signatureHelp(cursor: Cursor): SignatureHelp | undefined {
  const found = formatAt(cursor);
  const context = found && contextAt(found.format, found.offset);
  if (context?.kind !== "argument") return undefined;
  const signature = signatureOf(context.operator);
  if (signature === undefined) return undefined;
  const { label, summary, parameters } = signature;
  return {
    signatures: [
      {
        label,
        documentation: markdown(summary),
        parameters: parameters.map(({ start, end, means }) => ({
          label: [start, end],
          documentation: markdown(means),
        })),
      },
    ],
    activeSignature: 0,
    activeParameter: Math.min(context.index, Math.max(0, parameters.length - 1)),
  };
}
