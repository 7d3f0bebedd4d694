import type { KumaRelease, Result, Span } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import { keepDataplane } from "./source/dataplane.ts";
import { type Bundle, duplicateResources, inPathOrder } from "./source/load.ts";
import { readResourcesByPart } from "./source/read-resources.ts";
import type { Resource } from "./source/resources.ts";
import { decodeFile, type SourceFile, type TextFile } from "./source/source-file.ts";
import { withoutTree } from "./source/without-tree.ts";
import { storedResource } from "./validate/compute-labels.ts";

/**
 * Reads files into what a control plane would hold of them: `load`, then the labels that it computes. Dataplanes, of which
 * a mesh has most, are read at once and keep no tree, so that the trees of a large mesh are never in memory together.
 */
export function readStore(
  sources: readonly SourceFile[],
  kuma: KumaRelease,
  controlPlane: ControlPlane,
): Result<Bundle, Diagnostic> {
  const stored = storedResource(kuma, controlPlane);
  const files: TextFile[] = [];
  const resources: Resource[] = [];
  const found: Diagnostic[] = [];
  for (const source of inPathOrder(sources)) {
    const { value: file, diagnostics } = decodeFile(source);
    files.push(file);
    found.push(...diagnostics);
    if (diagnostics.length > 0) continue;
    for (const part of readResourcesByPart(file)) {
      for (const resource of part.resources) resources.push(kept(stored(resource), file, part));
      found.push(...part.diagnostics);
    }
  }
  const bundle = { files, resources };
  return { value: bundle, diagnostics: found.concat(duplicateResources(bundle)) };
}

function kept(resource: Resource, file: TextFile, part: Span): Resource {
  if (resource.kind !== "Dataplane") return resource;
  const tree = withoutTree(resource, file, part);
  const treeless: Resource = {
    ...resource,
    get node() {
      return tree.node;
    },
    get spec() {
      return tree.spec;
    },
  };
  keepDataplane(treeless, resource);
  return treeless;
}
