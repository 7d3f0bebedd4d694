import { parse, type Span } from "@meshlog/parser";
import type { InlayHint } from "vscode-languageserver";
import { formatsOf } from "../cursor.ts";
import type { PolicyDocument } from "../document.ts";
import { kumaValueAt } from "../kuma-values.ts";

/** What Kuma's operators in a part of the file become, where the policy tells. */
export function inlayHints(document: PolicyDocument, within: Span, zone: string | undefined): InlayHint[] {
  const hints: InlayHint[] = [];
  for (const { start: base, section } of document.sections) {
    if (base > within.end || base + section.text.length < within.start) continue;
    for (const resource of section.readable()) {
      for (const { node, at } of formatsOf(resource)) {
        for (const part of parse(node.text).parts) {
          if (part.kind !== "kuma") continue;
          const value = kumaValueAt(part.name, at, { mesh: resource.mesh, zone });
          const { end } = node.sourceMap().spanToSource(part);
          if (value === undefined || base + end < within.start || base + end > within.end) continue;
          hints.push({
            position: document.rangeOf({ start: end, end }, base).end,
            label: `= ${value}`,
            paddingLeft: true,
          });
        }
      }
    }
  }
  return hints;
}
