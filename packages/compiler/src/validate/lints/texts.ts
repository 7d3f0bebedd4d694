import type { Fix, Span } from "@meshlog/parser";
import { replaceInScalar } from "../../source/encode-scalar.ts";
import type { ScalarNode } from "../../source/tree.ts";
import { child, fieldsOf, formatOf, textAt } from "../format-places.ts";
import type { PolicyLint } from "./lint.ts";
import { trimEnd } from "@meshlog/parser";

/** What a format's text does that its writer cannot have meant. */
export const texts: PolicyLint = function* ({ backends, say }) {
  for (const backend of backends) {
    for (const body of ["file", "tcp"] as const) {
      const format = formatOf(backend, body);
      if (format === undefined) continue;
      const plain = textAt(format, "plain");
      if (plain === undefined) {
        for (const { key, value } of fieldsOf(format, "json")) {
          for (const place of [key, value]) {
            if (place?.node.text.includes("\\") !== true) continue;
            for (const span of escapes(place.node)) {
              yield say(
                "lint/escape-in-field",
                span,
                { escape: place.node.source.slice(span.start, span.end) },
                {
                  at: place.at,
                },
              );
            }
          }
        }
        continue;
      }
      const { node } = plain;
      const end = node.text.length;
      const start = trimEnd(node.text, "\r\n").length;
      if (start < end && start > 0) {
        const place = lastLine(node);
        yield say("lint/trailing-newline", place, {}, { at: plain.at, fixes: withoutNewline(node, { start, end }) });
      }
      if (node.text !== "" && !node.text.includes("%")) yield say("lint/constant-format", node, {}, { at: plain.at });
    }
    const logger = child(backend, "openTelemetry");
    const places = [
      formatless(textAt(child(backend, "file") ?? backend, "path"), "path"),
      formatless(logger && textAt(logger, "endpoint"), "endpoint"),
    ];
    for (const found of places) {
      if (found === undefined) continue;
      yield say("lint/not-a-format", found.span, { field: found.field, operator: found.operator }, { at: found.at });
    }
  }
};

/** Backslashes that JSON would take for an escape. */
function* escapes(node: ScalarNode): Generator<Span> {
  for (const { 0: escape, index } of node.text.matchAll(/\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g)) {
    yield node.sourceMap().spanToSource({ start: index, end: index + escape.length });
  }
}

/** The place of a trailing line break: the escape, or the header of a block scalar, which decides about it. */
function lastLine(node: ScalarNode): Span {
  if (node.style === "literal" || node.style === "folded") return { start: node.start, end: headerEnd(node) };
  const end = node.text.length;
  return node.sourceMap().spanToSource({ start: end - 1, end });
}

/** The end of a block scalar's indicators: of `|2+` in `|2+ # why`. */
function headerEnd({ source, start }: ScalarNode): number {
  return start + (/^[|>][-+0-9]*/.exec(source.slice(start, start + 4))?.[0].length ?? 1);
}

function withoutNewline(node: ScalarNode, span: Span): readonly Fix[] {
  const title = "Remove the line break";
  if (node.style !== "literal" && node.style !== "folded") {
    return [{ title, edits: [replaceInScalar(node, span, "")] }];
  }
  const header = node.source.slice(node.start, headerEnd(node));
  if (!/^[|>]/.test(header)) return [];
  const place = { start: node.start, end: headerEnd(node) };
  return [{ title, edits: [{ ...place, text: `${header.replace(/[-+]/, "")}-` }] }];
}

interface Formatless {
  readonly field: string;
  readonly operator: string;
  readonly span: Span;
  readonly at: readonly (string | number)[];
}

/** An operator where neither Kuma nor Envoy replaces any. */
function formatless(place: ReturnType<typeof textAt>, field: string): Formatless | undefined {
  const found = place && /%[A-Z][A-Z0-9_]+(?:\([^)]*\))?%/.exec(place.node.text);
  if (place === undefined || !found) return undefined;
  const span = { start: found.index, end: found.index + found[0].length };
  return { field, operator: found[0], at: place.at, span: place.node.sourceMap().spanToSource(span) };
}
