import type { Node } from "@meshlog/compiler";
import type { FoldingRange } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";

/** What can be folded: resources, and in them every field and item of several lines. Outermost ones first. */
export function foldingRanges(document: PolicyDocument, limit: number | undefined): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  for (const { start, section } of document.sections) {
    for (const { node } of section.readable()) {
      const lines = new Set<number>();
      const fold = (from: number, to: Node): void => {
        const startLine = document.rangeOf({ start: from, end: from }, start).start.line;
        const endLine = lastLine(document, start, section.text, to);
        if (endLine <= startLine || lines.has(startLine)) return;
        lines.add(startLine);
        ranges.push({ startLine, endLine });
      };
      fold(node.start, node);
      const open: Node[] = [node];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (next.kind === "scalar") continue;
        const children =
          next.kind === "map"
            ? next.entries.map(({ key, value, alias, merge }) => ({ from: key.start, value, own: alias ?? merge }))
            : next.items.map(({ value, alias }) => ({ from: value.start, value, own: alias }));
        for (const { from, value, own } of children) {
          if (own !== undefined) continue;
          fold(from, value);
          open.push(value);
        }
      }
    }
  }
  return ranges.slice(0, limit);
}

/** The line of the last character of a node that is no line break. */
function lastLine(document: PolicyDocument, base: number, text: string, { start, end }: Node): number {
  let last = end;
  while (last > start && /\s/.test(text.charAt(last - 1))) last--;
  return document.rangeOf({ start: last, end: last }, base).start.line;
}
