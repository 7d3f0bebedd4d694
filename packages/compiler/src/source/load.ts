import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { nameOf, repeatedResources, sayRepeated } from "./duplicate-resources.ts";
import { indexLines, type LineIndex, positionAt } from "./positions.ts";
import { readResources } from "./read-resources.ts";
import type { Resource } from "./resources.ts";
import { decodeFile, type SourceFile, type TextFile } from "./source-file.ts";

export { identityOf } from "./identity.ts";

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
  const read = inPathOrder(files).map(loadFile);
  const bundle = { files: read.map(({ file }) => file), resources: read.flatMap(({ resources }) => resources) };
  const diagnostics = read.flatMap((result) => result.diagnostics);
  return { value: bundle, diagnostics: diagnostics.concat(duplicateResources(bundle)) };
}

/** Files in the order that they have in a bundle. */
export function inPathOrder(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

interface Loaded {
  readonly file: TextFile;
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

function loadFile(source: SourceFile): Loaded {
  const { value: file, diagnostics } = decodeFile(source);
  if (diagnostics.length > 0) return { file, resources: [], diagnostics };
  const read = readResources(file);
  return { file, resources: read.value.resources, diagnostics: read.diagnostics };
}

/** Reports every resource that the store could not hold because one before it has its kind, mesh and name. */
export function duplicateResources({ files, resources }: Bundle): readonly Diagnostic[] {
  const lines = new Map<string, LineIndex>();
  const lineOf = (resource: Resource): number => {
    const { file } = resource;
    const index = lines.get(file) ?? indexLines(files.find(({ path }) => path === file)?.text ?? "");
    lines.set(file, index);
    return positionAt(index, nameOf(resource).start).line;
  };
  const isSame = (resource: Resource): Resource => resource;
  return repeatedResources(resources, isSame).map(([again, first]) =>
    sayRepeated(again, `${first.file}:${lineOf(first)}`),
  );
}
