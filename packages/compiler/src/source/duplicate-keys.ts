import type { Span } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import { report } from "../messages.ts";
import type { MapEntry, Node } from "./tree.ts";

/** Reports every key that stands twice in one map. Entries of merge keys are meant to be overridden. */
export function duplicateKeys(root: Node, file: string, resource: ResourceIdentity): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === "scalar") continue;
    const children = node.kind === "map" ? node.entries : node.items;
    for (let i = children.length; i-- > 0;) {
      const child = children[i];
      // What an alias stands for is visited where its anchor is.
      if (child && !child.alias && !("merge" in child)) open.push(child.value);
    }
    if (node.kind === "list") continue;
    for (const [first, again] of mayRepeat(node.entries) ? repeated(node.entries) : []) {
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

/** False where a look at every pair, which is quick for the few keys of most maps, shows no repetition. */
export function mayRepeat(entries: readonly MapEntry[]): boolean {
  if (entries.length > 8) return true;
  for (let i = 1; i < entries.length; i++) {
    for (let j = 0; j < i; j++) if (entries[i]?.name === entries[j]?.name) return true;
  }
  return false;
}

const span = ({ key: { start, end } }: MapEntry): Span => ({ start, end });
const place = (entry: MapEntry, file: string): Span & { readonly file: string } => ({ file, ...span(entry) });
