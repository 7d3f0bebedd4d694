import { type MapNode, nameOf, type Node, type Resource, textOf } from "@meshlog/compiler";
import type { Location } from "vscode-languageserver";
import type { Cursor } from "../cursor.ts";
import type { PlacedResource } from "../workspace/bundles.ts";
import { nodeAt } from "../structure.ts";

/** The resources that the targetRef or backendRef under the cursor selects by name or labels. */
export function definition({ resource, offset }: Cursor, resources: Iterable<PlacedResource>): Location[] {
  if (resource?.kind !== "MeshAccessLog") return [];
  const { around, node, at } = nodeAt(resource.node, offset);
  const depth = at.findLastIndex((step) => step === "targetRef" || step === "backendRef");
  const ref = depth < 0 ? undefined : [...around, node][depth + 1];
  if (ref?.kind !== "map") return [];
  return [...resources]
    .filter((other) => selects(ref, resource, other.resource))
    .map((other) => locationOf(other, nameOf(other.resource)));
}

/** The targetRefs and backendRefs of policies that select the resource under the cursor. */
export function references({ resource }: Cursor, resources: Iterable<PlacedResource>): Location[] {
  if (resource === undefined) return [];
  return [...resources]
    .filter((other) => other.resource.kind === "MeshAccessLog")
    .flatMap((policy) =>
      refsIn(policy.resource.spec)
        .filter((ref) => selects(ref, policy.resource, resource))
        .map((ref) => locationOf(policy, ref.get("name") ?? ref.get("labels") ?? ref)),
    );
}

function locationOf({ document, placed }: PlacedResource, node: Node): Location {
  return { uri: document.uri, range: document.rangeOf(node, placed.start) };
}

function refsIn(spec: Node | undefined): readonly MapNode[] {
  const refs: MapNode[] = [];
  const open: Node[] = spec === undefined ? [] : [spec];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "list") open.push(...node.items.map(({ value }) => value));
    if (node.kind !== "map") continue;
    for (const { name, value } of node.entries) {
      if ((name === "targetRef" || name === "backendRef") && value.kind === "map") refs.push(value);
      else open.push(value);
    }
  }
  return refs;
}

/** Whether a reference of a policy selects a resource, by the names and labels that stand in it. */
function selects(
  ref: MapNode,
  policy: Resource,
  { kind, mesh, name, displayName, namespace, labels }: Resource,
): boolean {
  const wanted = (field: string): string | undefined => textOf(ref.get(field));
  if (wanted("kind") !== kind || mesh !== policy.mesh) return false;
  const label = ref.get("labels");
  if (label?.kind === "map") return label.entries.every((entry) => labels.get(entry.name) === textOf(entry.value));
  const space = wanted("namespace") ?? policy.namespace;
  const isHere = namespace === undefined || space === undefined || space === namespace;
  return wanted("name") === name || (wanted("name") === displayName && isHere);
}
