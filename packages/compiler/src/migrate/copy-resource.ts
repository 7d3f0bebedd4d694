import type { TextEdit } from "@meshlog/parser";
import { nameOf } from "../source/duplicate-resources.ts";
import type { Bundle } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import type { MapNode, Node } from "../source/tree.ts";
import { afterLine, isFlow, retold, startOfLine, withoutEntry } from "./entries.ts";

/**
 * The characters of a resource as a document of its own; `undefined` where it refers to what stands elsewhere, by an
 * alias.
 */
export function copyOf({ node }: Resource, source: string): string | undefined {
  if (hasAlias(node)) return undefined;
  const text = source.slice(node.start, isFlow(node, source) ? node.end : afterLine(source, node.end));
  const column = node.start - startOfLine(source, node.start);
  return text.replaceAll("\r\n", "\n").replaceAll(new RegExp(`(?<=\n) {0,${column}}`, "g"), "");
}

function hasAlias(node: Node): boolean {
  switch (node.kind) {
    case "scalar":
      return false;
    case "list":
      return node.items.some(({ value, alias }) => alias !== undefined || hasAlias(value));
    case "map":
      return node.entries.some(
        ({ value, alias, merge }) => alias !== undefined || merge !== undefined || hasAlias(value),
      );
  }
}

/** What a control plane writes into a resource; a new one has none of it. */
const written: readonly string[] = ["creationTime", "modificationTime", "kri", "status"];
const writtenMetadata: readonly string[] = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "managedFields",
];

/** The edits after which a resource is another one, with a name of its own. */
export function renameResource(resource: Resource, name: string): readonly TextEdit[] | undefined {
  const { node, shape } = resource;
  const own = nameOf(resource);
  if (own.kind !== "scalar") return undefined;
  const metadata = shape === "kubernetes" ? node.get("metadata") : undefined;
  const labels = metadata?.kind === "map" ? metadata.get("labels") : node.get("labels");
  const displayName = labels?.kind === "map" ? labels.get("kuma.io/display-name") : undefined;
  return [
    retold(own, name),
    ...(displayName?.kind === "scalar" ? [retold(displayName, name)] : []),
    ...withoutFields(node, written),
    ...(metadata?.kind === "map" ? withoutFields(metadata, writtenMetadata) : []),
  ];
}

function withoutFields(map: MapNode, names: readonly string[]): readonly TextEdit[] {
  return map.entries.filter(({ name }) => names.includes(name)).flatMap((entry) => withoutEntry(map, entry) ?? []);
}

/** A name for a resource of the kind and mesh of another, made of the name of that, which no other has. */
export function freeName(
  { kind, mesh, node, shape, displayName, namespace }: Resource,
  suffix: string,
  bundle: Bundle,
): string {
  const taken = new Set(
    bundle.resources
      .filter((one) => one.kind === kind && one.mesh === mesh && one.namespace === namespace)
      .flatMap((one) => textOfName(one) ?? []),
  );
  const base = `${textOfName({ node, shape }) ?? displayName}-${suffix}`;
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}-${i}`;
    if (!taken.has(name)) return name;
  }
}

/** What Kuma calls a resource of a name beside another. */
export function coreName(name: string, { namespace }: Resource): string {
  return namespace === undefined ? name : `${name}.${namespace}`;
}

function textOfName(resource: Pick<Resource, "node" | "shape">): string | undefined {
  const metadata = resource.shape === "kubernetes" ? resource.node.get("metadata") : resource.node;
  const name = metadata?.kind === "map" ? metadata.get("name") : undefined;
  return name?.kind === "scalar" ? name.text : undefined;
}
