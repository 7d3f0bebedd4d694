import { type MapNode, type Node, type Path, type Resource, textOf } from "@meshlog/compiler";
import type { PlacedResource } from "./workspace/bundles.ts";

/** A name that can be written, and who has it. */
export interface KnownName {
  readonly text: string;
  /** Of labels and tags. */
  readonly key?: string;
  readonly from: string;
}

/** What the field at the end of a path can name, among the resources of open documents and of the workspace: each once. */
export function namesFor(
  at: Path,
  ref: MapNode | undefined,
  own: Resource,
  others: Iterable<PlacedResource>,
): readonly KnownName[] {
  const names = [...at].filter((step) => typeof step === "string");
  const refAt = names.findLastIndex((step) => step === "targetRef" || step === "backendRef");
  const isMesh = names.at(-1) === "mesh";
  if (refAt < 0 && !isMesh) return [];
  const field = names[refAt + 1] ?? "";
  const key = names[refAt + 2];
  const refNode = key === undefined ? ref : undefined;
  const kind = textOf(refNode?.get("kind"));
  const found = new Map<string, KnownName>();
  for (const { resource } of others) {
    const isOfMesh = resource.mesh === own.mesh || resource.kind === "Mesh";
    if (!isOfMesh || resource.node === own.node) continue;
    const from = `${resource.kind} ${resource.name}`;
    for (const known of isMesh
      ? meshNames(resource)
      : namesOf(resource, field, key, kind, textOf(refNode?.get("name")))) {
      if (known.text !== "") found.set(`${known.key ?? ""}\n${known.text}`, { ...known, from });
    }
  }
  return [...found.values()];
}

type Found = Omit<KnownName, "from">;

function meshNames({ kind, name }: Resource): readonly Found[] {
  return kind === "Mesh" ? [{ text: name }] : [];
}

function namesOf(
  resource: Resource,
  field: string,
  key: string | undefined,
  kind: string | undefined,
  name: string | undefined,
): readonly Found[] {
  const isSelected = kind === undefined ? selectable.has(resource.kind) : resource.kind === kind;
  switch (field) {
    case "name":
      return isSelected ? [{ text: resource.displayName }] : serviceTags(resource, kind);
    case "namespace":
      return isSelected ? [{ text: resource.namespace ?? "" }] : [];
    case "sectionName":
      return isSelected && (name === undefined || name === resource.displayName) ? sections(resource) : [];
    case "labels":
      return isSelected ? entries(resource.labels, key) : [];
    case "tags":
      return resource.kind === "Dataplane" ? tagsOf(resource).flatMap((tags) => entries(tags, key)) : [];
    default:
      return [];
  }
}

const selectable: ReadonlySet<string> = new Set([
  "Dataplane",
  "MeshExternalService",
  "MeshGateway",
  "MeshHTTPRoute",
  "MeshMultiZoneService",
  "MeshOpenTelemetryBackend",
  "MeshService",
]);

/** A service that is a tag of proxies. */
function serviceTags(resource: Resource, kind: string | undefined): readonly Found[] {
  if (resource.kind !== "Dataplane" || (kind !== "MeshService" && kind !== "MeshServiceSubset")) return [];
  return tagsOf(resource).flatMap((tags) => [{ text: tags.get("kuma.io/service") ?? "" }]);
}

function entries(map: ReadonlyMap<string, string>, key: string | undefined): readonly Found[] {
  return [...map].filter(([name]) => key === undefined || name === key).map(([name, text]) => ({ key: name, text }));
}

/** The sections of a resource: inbounds of a proxy, ports of a service. */
function sections({ kind, spec }: Resource): readonly Found[] {
  const items = kind === "Dataplane" ? listAt(field(spec, "networking"), "inbound") : listAt(spec, "ports");
  return items.flatMap((item) => [{ text: textOf(field(item, "name")) ?? textOf(field(item, "port")) ?? "" }]);
}

function tagsOf({ spec }: Resource): readonly ReadonlyMap<string, string>[] {
  return listAt(field(spec, "networking"), "inbound").map((inbound) => {
    const tags = field(inbound, "tags");
    return new Map(tags?.kind === "map" ? tags.entries.map(({ name, value }) => [name, textOf(value) ?? ""]) : []);
  });
}

function field(node: Node | undefined, name: string): Node | undefined {
  return node?.kind === "map" ? node.get(name) : undefined;
}

function listAt(node: Node | undefined, name: string): readonly Node[] {
  const list = field(node, name);
  return list?.kind === "list" ? list.items.map(({ value }) => value) : [];
}
