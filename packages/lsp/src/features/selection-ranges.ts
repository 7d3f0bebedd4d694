import type { Span } from "@meshlog/parser";
import type { Position, SelectionRange } from "vscode-languageserver";
import { type Cursor, cursorAt, formatAt } from "../cursor.ts";
import type { PolicyDocument } from "../document.ts";
import { nodeAt } from "../structure.ts";

/** What a selection grows to at each position: piece, operator, scalar, field, backend, item, …, file. */
export function selectionRanges(document: PolicyDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const offset = document.offsetAt(position);
    const cursor = cursorAt(document, offset);
    const whole = { start: 0, end: document.text.length };
    const spans = cursor === undefined ? [] : spansAt(cursor);
    return grow(document, { start: offset, end: offset }, [...spans, whole]);
  });
}

/** The ranges of spans from the innermost outwards; one that does not take in more than that before it is left out. */
function grow(document: PolicyDocument, at: Span, spans: readonly Span[]): SelectionRange {
  let last = at;
  const growing = spans.filter((span) => {
    const isMore = span.start <= last.start && last.end <= span.end && span.end - span.start > last.end - last.start;
    if (isMore) last = span;
    return isMore;
  });
  let range: SelectionRange | undefined;
  for (const span of growing.toReversed()) {
    range = { range: document.rangeOf(span), ...(range && { parent: range }) };
  }
  return range ?? { range: document.rangeOf(at) };
}

function spansAt(cursor: Cursor): readonly Span[] {
  const { resource, offset, placed } = cursor;
  if (resource === undefined) return [];
  const spans: Span[] = [];
  const found = formatAt(cursor);
  if (found !== undefined) {
    const map = found.place.node.sourceMap();
    const isAt = ({ start, end }: Span): boolean => start <= found.offset && found.offset <= end;
    const part = found.format.parts.find((one) => isAt(one) && one.end > found.offset) ?? found.format.parts.find(isAt);
    const isCall = part?.kind === "operator" || part?.kind === "broken";
    const pieces = isCall ? [part.name, part.argument] : [];
    for (const span of [...pieces, part]) if (span !== undefined && isAt(span)) spans.push(map.spanToSource(span));
    spans.push({ start: found.place.node.contentStart, end: found.place.node.contentEnd });
  }
  const { node, around } = nodeAt(resource.node, offset);
  spans.push(node);
  for (const outer of around.toReversed()) {
    if (outer.kind === "map") {
      const entry = outer.entries.find(({ key, value, merge }) => merge === undefined && key.start <= offset && offset <= Math.max(key.end, value.end)); // prettier-ignore
      if (entry !== undefined) spans.push({ start: entry.key.start, end: Math.max(entry.key.end, entry.value.end) });
    }
    spans.push(outer);
  }
  const inFile = spans.map(({ start, end }) => ({ start: placed.start + start, end: placed.start + end }));
  return [...inFile, { start: placed.start, end: placed.start + placed.section.text.length }];
}
