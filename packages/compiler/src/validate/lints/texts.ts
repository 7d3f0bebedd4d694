import type { Fix, Span } from "@meshlog/parser";
import { replaceInScalar } from "../../source/encode-scalar.ts";
import type { ScalarNode } from "../../source/tree.ts";
import type { FormatPlace } from "../field-places.ts";
import type { SinkFormat } from "../format-places.ts";
import { child, textAt } from "../placed.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";
import { trimEnd } from "@meshlog/parser";

/** What a format's text does that its writer cannot have meant. */
export const texts: PolicyLint = () => (policy) => {
  for (const backend of policy.backends) {
    for (const sink of backend.sinks) sayOfFormat(policy, sink);
    const path = textAt(child(backend, "file") ?? backend, "path");
    if (path !== undefined) sayOfOperator(policy, path, "path");
    const endpoint = backend.logger?.endpoint;
    if (endpoint !== undefined) sayOfOperator(policy, endpoint, "endpoint");
  }
};

function sayOfFormat(policy: LintedPolicy, sink: SinkFormat): void {
  const { plain, texts } = sink;
  if (plain !== undefined) sayOfText(policy, plain);
  else if (texts.keys.some(hasBackslash) || texts.values.some(hasBackslash)) {
    for (const { key, value } of sink.json) {
      if (key !== undefined) sayOfEscapes(policy, key);
      if (value !== undefined) sayOfEscapes(policy, value);
    }
  }
}

const hasBackslash = (text: string): boolean => text.includes("\\");

function sayOfText(policy: LintedPolicy, place: FormatPlace): void {
  const { node } = place;
  const end = node.text.length;
  const start = trimEnd(node.text, "\r\n").length;
  if (start < end && start > 0) {
    const fixes = withoutNewline(node, { start, end });
    policy.say("lint/trailing-newline", lastLine(node), {}, { at: place.at, fixes });
  }
  if (node.text !== "" && !node.text.includes("%")) policy.say("lint/constant-format", node, {}, { at: place.at });
}

/** Backslashes that JSON would take for an escape. */
function sayOfEscapes(policy: LintedPolicy, place: FormatPlace): void {
  const { node } = place;
  for (const { 0: escape, index } of node.text.matchAll(/\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g)) {
    const span = node.sourceMap().spanToSource({ start: index, end: index + escape.length });
    const written = node.source.slice(span.start, span.end);
    policy.say("lint/escape-in-field", span, { escape: written }, { at: place.at });
  }
}

/** An operator where neither Kuma nor Envoy replaces any. */
function sayOfOperator(policy: LintedPolicy, place: FormatPlace, field: string): void {
  const { node } = place;
  const found = node.text.includes("%") ? /%[A-Z][A-Z0-9_]+(?:\([^)]*\))?%/.exec(node.text) : null;
  if (found === null) return;
  const [operator] = found;
  const span = node.sourceMap().spanToSource({ start: found.index, end: found.index + operator.length });
  policy.say("lint/not-a-format", span, { field, operator }, { at: place.at });
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
