import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { identityOf } from "./identity.ts";
import type { Resource } from "./resources.ts";
import type { Node } from "./tree.ts";

/** Every resource that has kind, mesh and name of one before it, with the first that has them. */
export function repeatedResources<T>(
  all: readonly T[],
  resourceOf: (one: T) => Pick<Resource, "kind" | "mesh" | "name">,
): readonly (readonly [again: T, first: T])[] {
  const firsts = new Map<string, T>();
  const repeated: (readonly [T, T])[] = [];
  for (const one of all) {
    const { kind, mesh, name } = resourceOf(one);
    if (name === "") continue;
    // No name of Kuma's has a line break; one that does is refused, and taken for a repetition at worst.
    const key = `${kind}\n${mesh}\n${name}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, one);
    else repeated.push([one, first]);
  }
  return repeated;
}

/** Says of a resource that another has its name; `first` is where that one stands, for people. */
export function sayRepeated(again: Resource, first: string): Diagnostic {
  const { kind, name, mesh, file } = again;
  const { start, end } = nameOf(again);
  const parameters = { kind, name, in: mesh === "" ? "" : ` in mesh ${mesh}`, first };
  return report("io/duplicate-resource", { file, start, end }, parameters, { resource: identityOf(again) });
}

/** The node that names a resource; the resource itself if none does. */
export function nameOf({ node, shape }: Resource): Node {
  const metadata = shape === "kubernetes" ? node.get("metadata") : node;
  return (metadata?.kind === "map" ? metadata.get("name") : undefined) ?? node;
}
