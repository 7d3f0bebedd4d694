import type { Span } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import { report } from "../messages.ts";
import type { MapEntry, Node } from "./tree.ts";

/** Reports every key that stands twice in one map. Entries of merge keys are meant to be overridden. */
export function duplicateKeys(root: Node, file: string, resource: ResourceIdentity): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<Node>();
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === "scalar" || seen.has(node)) continue;
    seen.add(node);
    const children = node.kind === "map" ? node.entries : node.items;
    for (const { value } of children.toReversed()) open.push(value);
    if (node.kind !== "map" || node.fields().size === node.entries.length) continue;
    for (const [first, again] of repeated(node.entries)) {
      const message = `\`${again.name}\` stands here first; this value is ignored.`;
      diagnostics.push(
        report(
          "lint/duplicate-key",
          place(again, file),
          { key: again.name },
          { resource, related: [{ ...span(first), message }] },
        ),
      );
    }
  }
  return diagnostics;
}

/** Every own entry whose key an own entry before it has, with that one. */
function* repeated(entries: readonly MapEntry[]): Generator<readonly [MapEntry, MapEntry]> {
  const first = new Map<string, MapEntry>();
  for (const entry of entries) {
    if (entry.merge) continue;
    const before = first.get(entry.name);
    if (before) yield [before, entry];
    else first.set(entry.name, entry);
  }
}

const span = ({ key: { start, end } }: MapEntry): Span => ({ start, end });
const place = (entry: MapEntry, file: string): Span & { readonly file: string } => ({ file, ...span(entry) });
