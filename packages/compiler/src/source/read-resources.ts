import type { Result, Span } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { duplicateKeys } from "./duplicate-keys.ts";
import { identityOf } from "./identity.ts";
import { type Part, readParts } from "./read-documents.ts";
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

/** The resources of a part of a file, and what is wrong with its YAML. */
export interface PartResources extends FileResources, Span {
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the resources of a text, with what is wrong with its YAML. */
export function readResources(file: TextFile): Result<FileResources, Diagnostic> {
  const parts = [...readResourcesByPart(file)];
  return {
    value: {
      resources: parts.flatMap(({ resources }) => resources),
      broken: parts.flatMap(({ broken }) => broken),
    },
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** The same, part by part: what is not kept of one is gone when the next is read. */
export function* readResourcesByPart(file: TextFile): Generator<PartResources> {
  for (const part of readParts(file)) yield resourcesOfPart(part, file.path);
}

/**
 * The resources of a part of a file.
 *
 * @param file its path.
 */
export function resourcesOfPart({ start, end, documents, diagnostics }: Part, file: string): PartResources {
  const resources: Resource[] = [];
  const broken: Resource[] = [];
  const repetitions: Diagnostic[] = [];
  const mistakes: Diagnostic[] = [];
  for (const document of documents) {
    for (const resource of resourcesOf(document, file)) {
      if (document.broken) {
        broken.push(resource);
        continue;
      }
      if (document.mayRepeatKeys) {
        for (const one of duplicateKeys(resource.node, file, identityOf(resource))) repetitions.push(one);
      }
      const mistake = misshapen(resource);
      if (mistake === undefined) resources.push(resource);
      else mistakes.push(mistake);
    }
  }
  return { start, end, resources, broken, diagnostics: [...diagnostics, ...repetitions, ...mistakes] };
}
