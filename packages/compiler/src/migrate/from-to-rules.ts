import type { TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { load } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import type { MapNode } from "../source/tree.ts";
import { copyOf, coreName, freeName, renameResource } from "./copy-resource.ts";
import { documentBeside } from "./documents.ts";
import { renamed, withoutEntry } from "./entries.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";
import { applyEdits } from "./text-edits.ts";

/**
 * `from`, whose items are for the Mesh alone, becomes `rules`, whose items are for all that a proxy receives. `rules`
 * goes with no `to`, so a policy with both becomes two.
 */
export const fromToRules: Step = {
  what: "`from`",
  isWanted: ({ deprecatesFrom, itemLists }) => deprecatesFrom || !itemLists.includes("from"),
  readsBoth: ({ itemLists }) => itemLists.includes("from") && itemLists.includes("rules"),
  *plan(task) {
    for (const resource of task.bundle.resources) {
      if (resource.kind === "MeshAccessLog" && resource.spec?.kind === "map") {
        yield* ofPolicy(resource, resource.spec, task);
      }
    }
  },
};

function* ofPolicy(resource: Resource, spec: MapNode, task: Task): Generator<Rewriting | Diagnostic> {
  const from = spec.entry("from");
  if (from?.value.kind !== "list" || from.value.items.length === 0 || hasItems(spec, "rules")) return;
  const isSplit = hasItems(spec, "to");
  const name = freeName(resource, "inbound", task.bundle);
  const edits = isSplit ? split(resource, spec, name, task) : asRules(spec);
  if (edits === undefined) yield say("migrate/layout", resource, from.key, { what: "`from`" }, task);
  else yield { resource, edits, at: from.key, ...(isSplit ? { beside: coreName(name, resource) } : {}) };
}

function hasItems(spec: MapNode, list: string): boolean {
  const items = spec.get(list);
  return items?.kind === "list" && items.items.length > 0;
}

/** The edits after which the items of `from` are those of `rules`. */
function asRules(spec: MapNode): readonly TextEdit[] | undefined {
  const from = spec.entry("from");
  if (from?.value.kind !== "list" || from.alias !== undefined || from.merge !== undefined) return undefined;
  const edits = [renamed(from, "rules")];
  const empty = spec.entry("rules");
  if (empty !== undefined) edits.push(...(withoutEntry(spec, empty) ?? []));
  for (const { value: item, alias } of from.value.items) {
    if (item.kind !== "map" || alias !== undefined) return undefined;
    const targetRef = item.entry("targetRef");
    const some = targetRef === undefined ? [] : withoutEntry(item, targetRef);
    if (some === undefined) return undefined;
    edits.push(...some);
  }
  return edits;
}

/** The edits after which `from` stands in a policy of its own, beside what is left of the old one. */
function split(resource: Resource, spec: MapNode, name: string, { bundle }: Task): readonly TextEdit[] | undefined {
  const from = spec.entry("from");
  const source = bundle.files.find(({ path }) => path === resource.file)?.text;
  const rest = from && withoutEntry(spec, from, "gone");
  const document = source === undefined ? undefined : inboundPolicy(resource, source, name);
  const beside =
    source === undefined || document === undefined ? undefined : documentBeside(resource, source, document);
  return rest === undefined || beside === undefined ? undefined : [...rest, beside];
}

/** The text of a policy like another, without its `to`. */
function inboundPolicy(resource: Resource, source: string, name: string): string | undefined {
  const text = copyOf(resource, source);
  const [copy] = text === undefined ? [] : load([{ path: resource.file, content: text }]).value.resources;
  if (text === undefined || copy?.spec?.kind !== "map") return undefined;
  const to = copy.spec.entry("to");
  const parts = [renameResource(copy, name), to && withoutEntry(copy.spec, to, "gone"), asRules(copy.spec)];
  if (parts.includes(undefined)) return undefined;
  return applyEdits(
    text,
    parts.flatMap((some) => some ?? []),
  ).trimEnd();
}
