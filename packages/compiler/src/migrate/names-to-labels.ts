import type { TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { SelectingPolicy } from "../match/selecting-policy.ts";
import { readSelectingPolicy } from "../match/route-policies.ts";
import type { Resource } from "../source/resources.ts";
import type { MapEntry, MapNode, Node } from "../source/tree.ts";
import type { TargetRef } from "../validate/policy.ts";
import { replacedEntry, withoutEntry } from "./entries.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";
import { Store } from "./store.ts";

/**
 * What a `targetRef` names it selects by labels instead, and `proxyTypes` goes, where the bundle shows that it is the
 * same. That is no matter of one release: the older ones read a name of a MeshService as a tag too, so each `targetRef` is
 * compared by what it stands for in the older and in the newer release.
 */
export const namesToLabels: Step = {
  what: "a `targetRef` by name",
  isWanted: ({ targetRefFields }) => !targetRefFields.includes("name"),
  readsBoth: ({ targetRefFields, topKinds }) =>
    targetRefFields.includes("name") && targetRefFields.includes("labels") && topKinds.includes("Dataplane"),
  isProvedByPlan: true,
  *plan(task) {
    const store = new Store(task);
    for (const resource of task.bundle.resources) {
      if (resource.kind === "MeshAccessLog" && resource.spec?.kind === "map") {
        yield* ofPolicy(resource, resource.spec, store, task);
      }
    }
  },
};

/** What to do about a `targetRef`: edits, or what speaks against them. */
type Change = readonly TextEdit[] | { readonly problem: string } | "layout";

function* ofPolicy(resource: Resource, spec: MapNode, store: Store, task: Task): Generator<Rewriting | Diagnostic> {
  const policy = store.policy(resource);
  const to = spec.get("to");
  const items = to?.kind === "list" ? to.items.flatMap(({ value }) => (value.kind === "map" ? [value] : [])) : [];
  const edits: TextEdit[] = [];
  let at: Node | undefined;
  for (const map of new Set([spec, ...items])) {
    const entry = map.entry("targetRef");
    const targetRef = readSelectingPolicy({ ...resource, spec: map }).spec.targetRef;
    if (entry?.value.kind !== "map" || targetRef === undefined) continue;
    const change =
      map === spec ? changeOfTop(entry, targetRef, policy, store) : changeOfItem(entry, targetRef, policy, store, task);
    const place = entry.value.get("name") ?? entry.value.get("proxyTypes") ?? entry.key;
    if (change === "layout") yield say("migrate/layout", resource, place, { what: "`targetRef`" }, task);
    else if ("problem" in change) yield say("migrate/names", resource, place, change, task);
    else if (change.length > 0) {
      edits.push(...change);
      at ??= entry.value;
    }
  }
  if (at !== undefined) yield { resource, edits, at };
}

/** A Dataplane is selected by labels; what selects proxies of one type only selects all. */
function changeOfTop(entry: MapEntry, old: TargetRef, policy: SelectingPolicy, store: Store): Change {
  const { kind, name = "", namespace = "", labels, sectionName, proxyTypes = [] } = old;
  if (kind === "Mesh" && proxyTypes.length > 0) {
    const problem = selectionProblem({ kind }, old, policy, store);
    return problem === undefined ? without(entry, "proxyTypes") : { problem };
  }
  if (kind !== "Dataplane" || name === "" || labels !== undefined) return [];
  const instead = labelsFor(name, namespace, policy);
  const section = sectionName === undefined ? {} : { sectionName };
  const problem = selectionProblem({ kind, labels: instead, ...section }, old, policy, store);
  return problem === undefined ? named(entry, instead) : { problem };
}

function selectionProblem(
  instead: TargetRef,
  old: TargetRef,
  policy: SelectingPolicy,
  store: Store,
): string | undefined {
  const proxies = store.proxies(policy.resource.mesh);
  const otherwise = proxies.find((one) => store.selected(policy, old, one) !== store.selected(policy, instead, one));
  if (otherwise === undefined) return proxies.length > 0 ? undefined : "there is no Dataplane in these files";
  const { mesh, name } = otherwise.dataplane.resource;
  return `${mesh}/${name} would be selected otherwise`;
}

/** What is sent to a real resource is logged by its labels. */
function changeOfItem(entry: MapEntry, old: TargetRef, policy: SelectingPolicy, store: Store, task: Task): Change {
  const { kind, name = "", namespace = "", labels, sectionName } = old;
  if (kind === "Mesh" || name === "" || labels !== undefined) return [];
  const instead = labelsFor(name, namespace, policy);
  const section = sectionName === undefined ? {} : { sectionName };
  const before = store.destinations(policy, old, task.facts);
  const after = store.destinations(policy, { kind, labels: instead, ...section }, task.wanted);
  if (before.length === 0) return { problem: `there is no ${kind} "${name}" in these files` };
  if (before.join(" ") === after.join(" ")) return named(entry, instead);
  return {
    problem:
      after.length === 0
        ? `the ${kind} has not the labels by which it would be found`
        : `the labels would select ${after.length} instead of ${before.length}`,
  };
}

function labelsFor(name: string, namespace: string, { resource }: SelectingPolicy): Readonly<Record<string, string>> {
  const own = namespace === "" ? (resource.labels.get("k8s.kuma.io/namespace") ?? "") : namespace;
  return { "kuma.io/display-name": name, ...(own === "" ? {} : { "k8s.kuma.io/namespace": own }) };
}

/** The edits after which labels take the place of the name. */
function named({ value: targetRef, alias }: MapEntry, labels: Readonly<Record<string, string>>): Change {
  const name = targetRef.kind === "map" ? targetRef.entry("name") : undefined;
  if (targetRef.kind !== "map" || name === undefined || alias !== undefined) return "layout";
  const namespace = targetRef.entry("namespace");
  const edits = [
    replacedEntry(targetRef, name, "labels", labels),
    namespace === undefined ? [] : withoutEntry(targetRef, namespace),
  ];
  return edits.includes(undefined) ? "layout" : edits.flatMap((some) => some ?? []);
}

function without({ value: targetRef, alias }: MapEntry, field: string): Change {
  const entry = targetRef.kind === "map" ? targetRef.entry(field) : undefined;
  if (targetRef.kind !== "map" || entry === undefined || alias !== undefined) return "layout";
  return withoutEntry(targetRef, entry) ?? "layout";
}
