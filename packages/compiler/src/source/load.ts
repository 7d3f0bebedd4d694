import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { duplicateKeys } from "./duplicate-keys.ts";
import { indexLines, type LineIndex, positionAt } from "./positions.ts";
import { readDocuments } from "./read-documents.ts";
import { type Resource, resourcesOf } from "./resources.ts";
import { decodeFile, type SourceFile, type TextFile } from "./source-file.ts";
import type { Node } from "./tree.ts";

/** What meshlog works on: the store of one zone control plane. */
export interface Bundle {
  /** In the order of their paths. */
  readonly files: readonly TextFile[];
  /** In the order of file, document, item of a list. The same kind, mesh and name may come twice. */
  readonly resources: readonly Resource[];
}

/**
 * Reads files into a bundle. The order in which they are given does not matter. Documents that are not YAML give
 * diagnostics and no resources; those of other programs are passed over.
 */
export function load(files: readonly SourceFile[]): Result<Bundle, Diagnostic> {
  const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const read = inOrder.map(loadFile);
  const bundle = { files: read.map(({ file }) => file), resources: read.flatMap(({ resources }) => resources) };
  const diagnostics = read.flatMap((result) => result.diagnostics);
  return { value: bundle, diagnostics: diagnostics.concat(duplicateResources(bundle)) };
}

interface Loaded {
  readonly file: TextFile;
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

function loadFile(source: SourceFile): Loaded {
  const { value: file, diagnostics } = decodeFile(source);
  if (diagnostics.length > 0) return { file, resources: [], diagnostics };
  const documents = readDocuments(file);
  const resources = documents.value.filter(({ broken }) => !broken).flatMap((doc) => resourcesOf(doc, file.path));
  const lints = resources.flatMap((resource) => duplicateKeys(resource.node, file.path, identityOf(resource)));
  return { file, resources, diagnostics: documents.diagnostics.concat(lints) };
}

/** What a diagnostic says of a resource. */
export function identityOf({ kind, mesh, name, namespace }: Resource): NonNullable<Diagnostic["resource"]> {
  return { kind, mesh, name, ...(namespace !== undefined && { namespace }) };
}

/** Reports every resource that the store could not hold because one before it has its kind, mesh and name. */
function duplicateResources({ files, resources }: Bundle): readonly Diagnostic[] {
  const first = new Map<string, Resource>();
  const diagnostics: Diagnostic[] = [];
  const lines = new Map<string, LineIndex>();
  const lineOf = (resource: Resource): number => {
    const { file } = resource;
    const index = lines.get(file) ?? indexLines(files.find(({ path }) => path === file)?.text ?? "");
    lines.set(file, index);
    return positionAt(index, nameOf(resource).start).line;
  };
  for (const resource of resources) {
    if (resource.name === "") continue;
    const key = JSON.stringify([resource.kind, resource.mesh, resource.name]);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, resource);
      continue;
    }
    const { start, end } = nameOf(resource);
    const { kind, name, mesh } = resource;
    const parameters = {
      kind,
      name,
      in: mesh === "" ? "" : ` in mesh ${mesh}`,
      first: `${before.file}:${lineOf(before)}`,
    };
    const details = { resource: identityOf(resource) };
    diagnostics.push(report("io/duplicate-resource", { file: resource.file, start, end }, parameters, details));
  }
  return diagnostics;
}

/** The node that names a resource. */
function nameOf({ node, shape }: Resource): Node {
  const metadata = shape === "kubernetes" ? node.get("metadata") : node;
  return (metadata?.kind === "map" ? metadata.get("name") : undefined) ?? node;
}
