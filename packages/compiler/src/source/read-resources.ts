import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { duplicateKeys } from "./duplicate-keys.ts";
import { identityOf } from "./identity.ts";
import { readDocuments } from "./read-documents.ts";
import { misshapen } from "./misshapen.ts";
import { type Resource, resourcesOf } from "./resources.ts";
import type { TextFile } from "./source-file.ts";

/** The resources of a file, or of a part of one that can be read alone. */
export interface FileResources {
  /** Those that Kuma reads, and whose fields are what Kuma's API lets them be. */
  readonly resources: readonly Resource[];
  /** Those of documents that are no YAML, as far as they can be made out: what an editor completes in. */
  readonly broken: readonly Resource[];
}

/** Reads the resources of a text, with what is wrong with its YAML. */
export function readResources(file: TextFile): Result<FileResources, Diagnostic> {
  const documents = readDocuments(file);
  const found = documents.value.map((document) => ({ document, resources: resourcesOf(document, file.path) }));
  const those = (broken: boolean): readonly Resource[] =>
    found.filter(({ document }) => document.broken === broken).flatMap(({ resources }) => resources);
  const read = those(false);
  const lints = read.flatMap((resource) => duplicateKeys(resource.node, file.path, identityOf(resource)));
  const mistakes = new Map(read.map((resource) => [resource, misshapen(resource)]));
  const diagnostics = [...documents.diagnostics, ...lints, ...[...mistakes.values()].flatMap((found) => found ?? [])];
  const resources = read.filter((resource) => mistakes.get(resource) === undefined);
  return { value: { resources, broken: those(true) }, diagnostics };
}
