import { policyField } from "@meshlog/compiler";
import { contextAt, defaultTarget, type Part, type Span, suggestionsFor, type Target } from "@meshlog/parser";
import type { Hover } from "vscode-languageserver";
import { type Cursor, formatAt, type FormatAtCursor } from "../cursor.ts";
import { describeField, describeOperator } from "../describe.ts";
import { kumaValueAt } from "../kuma-values.ts";
import { kumasOf } from "../releases.ts";
import { nodeAt } from "../structure.ts";
import { sampleLine } from "./hover-line.ts";
import { markdown } from "./offers.ts";

/** What stands under the cursor. */
export function hover(cursor: Cursor, target: Target, zone: string | undefined): Hover | undefined {
  const { document, placed, resource, offset } = cursor;
  if (resource?.kind !== "MeshAccessLog") return undefined;
  const found = formatAt(cursor);
  const inFormat = found && hoverInFormat(found, cursor, target, zone);
  if (found !== undefined && inFormat !== undefined) {
    const range = document.rangeOf(found.place.node.sourceMap().spanToSource(inFormat.span), placed.start);
    const line = sampleLine(found.format, found.place, resource, target, zone);
    const texts = [inFormat.text, line].filter((text) => text !== undefined && text !== "");
    if (texts.length > 0) return { contents: markdown(texts.join("\n\n")), range };
  }
  const { node, at, isKey } = nodeAt(resource.node, offset);
  if (node.kind !== "scalar" && !isKey) return undefined;
  const field = policyField(resource.shape, at, kumasOf(target));
  return field && { contents: markdown(describeField(field)), range: document.rangeOf(node, placed.start) };
}

interface Explained {
  readonly span: Span;
  readonly text: string;
}

function hoverInFormat(
  { format, offset, place }: FormatAtCursor,
  { resource }: Cursor,
  target: Target,
  zone: string | undefined,
): Explained | undefined {
  const part = format.parts.find(({ start, end }) => start <= offset && offset < end);
  if (part === undefined) return undefined;
  switch (part.kind) {
    case "text":
      return { span: { start: 0, end: format.text.length }, text: "" };
    case "stray":
      return undefined;
    case "escape":
      return { span: part, text: "`%%` prints one `%`." };
    case "kuma": {
      const value = kumaValueAt(part.name, place.at, { mesh: resource?.mesh ?? "", zone });
      const here = value === undefined ? "" : `\n\nHere: \`${value}\`.`;
      return { span: part, text: (describeOperator(part.name) ?? "") + here };
    }
    case "operator":
    case "broken":
      return inArgument(part, { format, offset, place }, target) ?? aboutCall(part, offset);
  }
}

type Call = Extract<Part, { kind: "operator" | "broken" }>;

function aboutCall({ name, limit, start, end }: Call, offset: number): Explained | undefined {
  if (limit !== undefined && limit.start - 1 <= offset) {
    return { span: limit, text: `At most ${limit.text} bytes of the value are printed.` };
  }
  const text = describeOperator(name.text);
  return text === undefined ? undefined : { span: offset < name.end ? { start, end: name.end } : { start, end }, text };
}

/** What a value of an argument means, where it is one of those that are known. */
function inArgument({ argument }: Call, { format, offset }: FormatAtCursor, target: Target): Explained | undefined {
  if (argument === undefined || offset < argument.start || offset >= argument.end) return undefined;
  const context = contextAt(format, offset + 1);
  if (context.kind !== "argument") return undefined;
  const { start, end } = context.range;
  const value = format.text.slice(start, end);
  const everywhere = { members: [...target.members, ...defaultTarget.members] };
  const known = suggestionsFor(context, format.text.slice(argument.start, start), everywhere).find(
    ({ text }) => text.toUpperCase() === value.toUpperCase(),
  );
  if (known === undefined || value === "") return undefined;
  const sample = known.sample === undefined ? "" : ` → \`${known.sample}\``;
  return { span: { start, end }, text: `\`${known.text}\`: ${known.means}${sample}` };
}
