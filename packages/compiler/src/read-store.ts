import type { KumaRelease, Result, Span } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import { keepDataplane } from "./source/dataplane.ts";
import { type Bundle, duplicateResources, inPathOrder } from "./source/load.ts";
import { readResourcesByPart } from "./source/read-resources.ts";
import type { Resource } from "./source/resources.ts";
import { decodeFile, type SourceFile, type TextFile } from "./source/source-file.ts";
import { keptWithoutTree, PartReader } from "./source/without-tree.ts";
import { storedResource } from "./validate/compute-labels.ts";

/**
 * Reads files into what a control plane would hold of them: `load`, then the labels that it computes. Dataplanes are
 * read at once and policies again when they are judged; they keep no tree, so that the trees of a large mesh are never in
 * memory together.
 */
export function readStore(
  sources: readonly SourceFile[],
  kuma: KumaRelease,
  controlPlane: ControlPlane,
): Result<Bundle, Diagnostic> {
  const stored = storedResource(kuma, controlPlane);
  const reader = new PartReader();
  const files: TextFile[] = [];
  const resources: Resource[] = [];
  const found: Diagnostic[] = [];
  for (const source of inPathOrder(sources)) {
    const { value: file, diagnostics } = decodeFile(source);
    files.push(file);
    found.push(...diagnostics);
    if (diagnostics.length > 0) continue;
    for (const part of readResourcesByPart(file)) {
      const isAlone = part.resources.length === 1;
      for (const resource of part.resources) resources.push(kept(stored(resource), isAlone, file, part, reader));
      found.push(...part.diagnostics);
    }
  }
  const bundle = { files, resources };
  return { value: bundle, diagnostics: found.concat(duplicateResources(bundle)) };
}

/**
 * Most of a mesh are Dataplanes, and the trees of policies are the largest. A policy of a list keeps its tree: with each of
 * them the whole list would be read again.
 */
function kept(resource: Resource, isAlone: boolean, file: TextFile, part: Span, reader: PartReader): Resource {
  switch (resource.kind) {
    case "Dataplane": {
      const treeless = keptWithoutTree(resource, file, part, reader);
      keepDataplane(treeless, resource);
      return treeless;
    }
    case "MeshAccessLog":
      return isAlone ? keptWithoutTree(resource, file, part, reader) : resource;
    default:
      return resource;
  }
}
