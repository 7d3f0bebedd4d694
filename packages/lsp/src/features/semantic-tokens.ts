import { kumaOperators, operators, parse, type Part, type Span } from "@meshlog/parser";
import { SemanticTokensBuilder, type SemanticTokens, type SemanticTokensLegend } from "vscode-languageserver";
import { formatsOf } from "../cursor.ts";
import type { PolicyDocument } from "../document.ts";

const types = ["function", "variable", "parameter", "number", "operator"] as const;
const deprecated = 1;

/** The names that the numbers of tokens stand for. */
export const semanticTokensLegend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: ["deprecated"] };

interface Token extends Span {
  readonly type: (typeof types)[number];
  readonly modifiers?: number;
}

/** The colours of what is in formats, in a part of the file or in all of it. */
export function semanticTokens(document: PolicyDocument, within: Span = { start: 0, end: Infinity }): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { start: base, section } of document.sections) {
    if (base > within.end || base + section.text.length < within.start) continue;
    const places = section.readable().flatMap(formatsOf);
    const seen = new Set<unknown>();
    for (const { node } of places.toSorted((a, b) => a.node.start - b.node.start)) {
      if (seen.has(node)) continue;
      seen.add(node);
      const map = node.sourceMap();
      for (const { type, modifiers = 0, ...span } of parse(node.text).parts.flatMap(tokensOf)) {
        const { start, end } = document.rangeOf(map.spanToSource(span), base);
        // A token may not reach over the end of a line.
        if (start.line !== end.line) continue;
        builder.push(start.line, start.character, end.character - start.character, types.indexOf(type), modifiers);
      }
    }
  }
  return builder.build();
}

function tokensOf(part: Part): readonly Token[] {
  switch (part.kind) {
    case "text":
    case "stray":
      return [];
    case "escape":
      return [{ type: "operator", start: part.start, end: part.end }];
    case "kuma":
      return [{ type: "variable", start: part.start, end: part.end }];
    case "operator":
    case "broken": {
      const { name, argument, limit } = part;
      const facts = operators.get(name.text);
      if (facts === undefined && !kumaOperators.has(name.text)) return [];
      const isDeprecated = facts?.deprecated !== undefined;
      return [
        { type: "function", start: part.start, end: name.end, modifiers: isDeprecated ? deprecated : 0 },
        ...(argument === undefined || argument.start === argument.end
          ? []
          : [{ type: "parameter", start: argument.start, end: argument.end } as const]),
        ...(limit === undefined ? [] : [{ type: "number", start: limit.start, end: limit.end } as const]),
        ...(part.kind === "operator" ? [{ type: "function", start: part.end - 1, end: part.end } as const] : []),
      ];
    }
  }
}
