import type { Document } from "./document.ts";
import { countingEntries } from "./entries.ts";
import { type Kind, kinds } from "./kinds.ts";
import { type MapNode, type Node, textOf } from "./tree.ts";

/** A resource of Kuma's, of a kind that meshlog reads. */
export interface Resource {
  readonly kind: string;
  /** `default` if none is given; empty for a kind that belongs to no mesh. */
  readonly mesh: string;
  /** Kuma's core name: `name`, on Kubernetes `name.namespace` if a namespace is given. Empty if there is none. */
  readonly name: string;
  /** The name without namespace and hash, by which Kuma orders policies. */
  readonly displayName: string;
  /** Of a Kubernetes object only. */
  readonly namespace?: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly shape: "universal" | "kubernetes";
  /** As written. */
  readonly creationTime?: string;
  /** The whole resource. */
  readonly node: MapNode;
  /** Its own fields: `spec`, or for the older kinds on Universal the whole resource. */
  readonly spec: Node | undefined;
  /** The path of the file. */
  readonly file: string;
  /** The index of the document in the file. */
  readonly index: number;
}

/** The resources of a document: one, or the items of a list (`kind: List`, `MeshAccessLogList`, the API's `items`). */
export function resourcesOf({ root, index }: Document, file: string): readonly Resource[] {
  const resources: Resource[] = [];
  if (root !== undefined) collect(root, file, index, resources);
  return resources;
}

function collect(node: Node, file: string, index: number, resources: Resource[]): void {
  if (node.kind !== "map") return;
  const items = itemsOf(node);
  if (items?.kind === "list") {
    for (const { value } of items.items) collect(value, file, index, resources);
    return;
  }
  const resource = universal(node, file, index) ?? kubernetes(node, file, index);
  if (resource) resources.push(resource);
}

function itemsOf(node: MapNode): Node | undefined {
  return mayHaveItems(node) ? node.get("items") : undefined;
}

function mayHaveItems(node: MapNode): boolean {
  const kind = textOf(node.get("kind"));
  return kind === undefined ? node.get("type") === undefined : kind.endsWith("List");
}

/** Whether a map with empty `items` is a list of resources without its items. */
export function isListWithoutItems(node: MapNode): boolean {
  const items = node.entries.filter(({ name }) => name === "items");
  const [only] = items;
  const isEmpty = only?.value.kind === "scalar" && only.value.start === only.value.end;
  return items.length === 1 && isEmpty && only.merge === undefined && mayHaveItems(node);
}

function universal(node: MapNode, file: string, index: number): Resource | undefined {
  const type = textOf(node.get("type"));
  const kind = kindOf(type);
  if (type === undefined || kind === undefined || node.get("kind") !== undefined) return undefined;
  const name = textOf(node.get("name")) ?? "";
  const labels = writtenLabels(node, "universal");
  return {
    kind: type,
    mesh: kind.scope === "global" ? "" : (textOf(node.get("mesh")) ?? "default"),
    name,
    displayName: labels.get("kuma.io/display-name") ?? name,
    labels,
    shape: "universal",
    ...given("creationTime", textOf(node.get("creationTime"))),
    node,
    spec: kind.fields === "root" ? node : node.get("spec"),
    file,
    index,
  };
}

function kubernetes(node: MapNode, file: string, index: number): Resource | undefined {
  const type = textOf(node.get("kind"));
  const kind = kindOf(type);
  const group = textOf(node.get("apiVersion"))?.split("/")[0];
  if (type === undefined || kind === undefined || group !== "kuma.io") return undefined;
  const metadata = node.get("metadata");
  const field = (name: string): Node | undefined => (metadata?.kind === "map" ? metadata.get(name) : undefined);
  const objectName = textOf(field("name")) ?? "";
  const namespace = textOf(field("namespace")) ?? "";
  const labels = writtenLabels(node, "kubernetes");
  const display = "kuma.io/display-name";
  return {
    kind: type,
    // The older kinds have it beside `metadata`, the newer ones as a label.
    mesh: kind.scope === "global" ? "" : (labels.get("kuma.io/mesh") ?? textOf(node.get("mesh")) ?? "default"),
    name: namespace === "" || objectName === "" ? objectName : `${objectName}.${namespace}`,
    displayName: labels.get(display) ?? texts(field("annotations")).get(display) ?? objectName,
    ...given("namespace", namespace === "" ? undefined : namespace),
    labels,
    shape: "kubernetes",
    ...given("creationTime", textOf(field("creationTimestamp"))),
    node,
    spec: node.get("spec"),
    file,
    index,
  };
}

/** The labels of a resource as they are written, whatever a control plane makes of them. */
export function writtenLabels(node: MapNode, shape: Resource["shape"]): ReadonlyMap<string, string> {
  if (shape === "universal") return texts(node.get("labels"));
  const metadata = node.get("metadata");
  return metadata?.kind === "map" ? texts(metadata.get("labels")) : new Map();
}

const kindOf = (type: string | undefined): Kind | undefined =>
  type !== undefined && Object.hasOwn(kinds, type) ? kinds[type] : undefined;

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

/** A map of texts, such as labels; what is no text is left out. */
function texts(node: Node | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (node?.kind !== "map") return found;
  for (const { name, value } of countingEntries(node)) {
    const text = textOf(value);
    if (text !== undefined) found.set(name, text);
  }
  return found;
}
