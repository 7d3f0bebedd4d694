import { codePage } from "../../explain/code-page.ts";
import { codeText, familyText } from "../../explain/code-text.ts";
import { codesOf, families, isCode, messageOf, nearestCodes, rowOf } from "../../explain/table.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { documentationSite } from "../reporters/documentation.ts";
import type { Streams } from "../streams.ts";

/** `meshlog explain CODE`: the page of a diagnostic, or the list of a family's. */
export function explainCode(text: string, { format }: { readonly format: "text" | "json" }, streams: Streams): number {
  if (isCode(text)) {
    const page = codePage(text, documentationSite);
    streams.out(format === "json" ? json(page) : codeText(page));
    return exitCode.clean;
  }
  const listed = codesOf(text.replace(/\/\*?$/, ""));
  if (listed.length === 0) {
    throw new UsageError(
      `There is no diagnostic "${text}"; the nearest are ${nearestCodes(text).join(", ")}. ` +
        `\`meshlog explain lint\` lists a family: ${families.join(", ")}.`,
    );
  }
  const diagnostics = listed.map((code) => ({ code, severity: rowOf(code).severity, message: messageOf(code) }));
  streams.out(format === "json" ? json({ meshlog: 1, diagnostics }) : familyText(listed));
  return exitCode.clean;
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
