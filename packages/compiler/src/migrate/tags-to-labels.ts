import type { TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { SelectingPolicy } from "../match/selecting-policy.ts";
import type { Resource } from "../source/resources.ts";
import type { MapNode } from "../source/tree.ts";
import type { TargetRef } from "../validate/policy.ts";
import { renamed, replacedEntry, retold, withFirst, withoutEntry } from "./entries.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";
import { Store } from "./store.ts";

/**
 * A policy on the proxies with certain tags becomes one on the Dataplanes with certain labels, where the Dataplanes of the
 * bundle show that these are the same: they have labels like the tags.
 */
export const tagsToLabels: Step = {
  what: "a `targetRef` by tags",
  isWanted: ({ topKinds, deprecatedTopKinds }) =>
    !topKinds.includes("MeshSubset") || "MeshSubset" in deprecatedTopKinds,
  readsBoth: ({ topKinds }) => topKinds.includes("MeshSubset") && topKinds.includes("Dataplane"),
  *plan(task) {
    const store = new Store(task);
    for (const resource of task.bundle.resources) {
      if (resource.kind === "MeshAccessLog" && resource.spec?.kind === "map") {
        yield* ofPolicy(resource, resource.spec, store, task);
      }
    }
  },
};

function* ofPolicy(resource: Resource, spec: MapNode, store: Store, task: Task): Generator<Rewriting | Diagnostic> {
  const entry = spec.entry("targetRef");
  const policy = store.policy(resource);
  const old = policy.spec.targetRef;
  const tags = old && tagsOf(old);
  if (entry?.value.kind !== "map" || old === undefined || tags === undefined) return;
  const kind = entry.value.get("kind") ?? entry.key;
  // A tag with any value is one that every proxy has, or there is no label for it.
  const labels = Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== "*"));
  const instead =
    Object.keys(labels).length > 0
      ? { kind: "Dataplane", labels }
      : { kind: "Mesh", ...(old.proxyTypes === undefined ? {} : { proxyTypes: old.proxyTypes }) };
  const problem = problemWith(instead, old, policy, store);
  if (problem !== undefined) {
    yield say("migrate/selects-by-tags", resource, kind, { kind: old.kind, problem }, task);
    return;
  }
  const edits = entry.alias === undefined ? rewrite(entry.value, old, instead.kind) : undefined;
  if (edits === undefined) yield say("migrate/layout", resource, kind, { what: "`targetRef`" }, task);
  else yield { resource, edits, at: kind };
}

/** The tags that a kind selects by; `undefined` for another kind. */
function tagsOf({ kind, name = "", tags = {} }: TargetRef): Readonly<Record<string, string>> | undefined {
  switch (kind) {
    case "MeshSubset":
      return tags;
    case "MeshService":
      return { [service]: name };
    case "MeshServiceSubset":
      return { [service]: name, ...tags };
    default:
      return undefined;
  }
}

const service = "kuma.io/service";

/** What speaks against a `targetRef` instead of another: nothing, if both select the same of every proxy, and something. */
function problemWith(instead: TargetRef, old: TargetRef, policy: SelectingPolicy, store: Store): string | undefined {
  let selects = false;
  for (const proxy of store.proxies(policy.resource.mesh)) {
    const { mesh, name } = proxy.dataplane.resource;
    const [before, after] = [store.selected(policy, old, proxy), store.selected(policy, instead, proxy)];
    selects ||= before !== undefined;
    if (before === after) continue;
    if (after === undefined) return `${mesh}/${name} has the tags, but not as labels`;
    return before === undefined
      ? `${mesh}/${name} has such labels, but not the tags`
      : `not all inbounds of ${mesh}/${name} have the tags`;
  }
  return selects ? undefined : "no Dataplane of these files has the tags";
}

function rewrite(targetRef: MapNode, { kind, name = "" }: TargetRef, instead: string): readonly TextEdit[] | undefined {
  const [own, named, tags, types] = ["kind", "name", "tags", "proxyTypes"].map((field) => targetRef.entry(field));
  if (own?.value.kind !== "scalar") return undefined;
  const without = (entry: typeof named): readonly TextEdit[] | undefined =>
    entry === undefined ? [] : withoutEntry(targetRef, entry);
  const edits: (readonly TextEdit[] | undefined)[] = [[retold(own.value, instead)]];
  if (instead === "Mesh") return joined([...edits, without(tags), without(named)]);
  edits.push(without(types));
  if (tags?.value.kind === "map" && tags.value.entries.length > 0) {
    if (tags.alias !== undefined) return undefined;
    const { value: map } = tags;
    const wild = map.entries.filter(({ value }) => value.kind === "scalar" && value.text === "*");
    edits.push([renamed(tags, "labels")], ...wild.map((one) => withoutEntry(map, one)));
    if (kind === "MeshServiceSubset") {
      edits.push(without(named), map.get(service) === undefined ? withFirst(map, service, name) : []);
    }
  } else {
    edits.push(named && replacedEntry(targetRef, named, "labels", { [service]: name }), without(tags));
  }
  return joined(edits);
}

/** All edits, if there are all. */
function joined(edits: readonly (readonly TextEdit[] | undefined)[]): readonly TextEdit[] | undefined {
  return edits.includes(undefined) ? undefined : edits.flatMap((some) => some ?? []);
}
