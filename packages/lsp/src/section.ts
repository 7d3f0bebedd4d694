import { check, type Diagnostic, type FileResources, namesKind, readResources, type Resource } from "@meshlog/compiler";
import type { Result, Target } from "@meshlog/parser";
import { createPiece, type Piece } from "./piece.ts";

/** What tells a resource from others. */
export type ResourceKey = Pick<Resource, "kind" | "mesh" | "name">;

/**
 * A stretch of a file that is read by itself: a document, or an item of a list. What it says depends on its text alone,
 * so it outlives edits elsewhere; all its offsets are counted from its own start.
 */
export interface Section extends Piece {
  /** A text in its place as a document of its own, in which every offset is what it was. */
  asDocument(text: string): string;
  /** Whether it names a kind of Kuma's. What does not is never read. */
  readonly isKumas: boolean;
  /**
   * The resources that Kuma reads: the same objects while a message is handled. Later they may have been forgotten, and
   * are read again.
   */
  resources(): readonly Resource[];
  /** Those and the ones that are not whole YAML (yet), as far as they can be made out. */
  readable(): readonly Resource[];
  /** Of each of its resources. */
  keys(): readonly ResourceKey[];
  /** What is wrong with it and with the policies in it. */
  diagnostics(target: Target): readonly Diagnostic[];
}

/** What has been made out of the text of a section. */
interface Reading extends Result<FileResources, Diagnostic> {
  readonly readable: readonly Resource[];
}

/** A section of a file; it is read when first asked for. */
export function createSection(
  uri: string,
  part: string,
  asDocument: Section["asDocument"] = (unchanged) => unchanged,
): Section {
  const piece = createPiece(part);
  const isKumas = namesKind(piece.text);
  let known: WeakRef<Reading> | undefined;
  let keys: readonly ResourceKey[] | undefined;
  let judged: { readonly target: Target; readonly diagnostics: readonly Diagnostic[] } | undefined;
  const document = (): string => (isKumas ? asDocument(piece.text) : "");
  function readAnew(): Reading {
    const reading = readResources({ path: uri, text: document() });
    const { resources, broken } = reading.value;
    keys ??= resources.map(({ kind, mesh, name }) => ({ kind, mesh, name }));
    return { ...reading, readable: resources.concat(broken) };
  }
  function read(): Reading {
    const old = known?.deref();
    if (old !== undefined) return old;
    const reading = readAnew();
    known = new WeakRef(reading);
    return reading;
  }
  return {
    ...piece,
    asDocument,
    isKumas,
    resources: () => read().value.resources,
    readable: () => read().readable,
    keys() {
      if (keys === undefined) readAnew();
      return keys ?? [];
    },
    diagnostics(target) {
      if (judged?.target !== target) {
        // Not kept for later: most of a large file is judged once, and never looked at.
        const { value, diagnostics } = known?.deref() ?? readAnew();
        const files = [{ path: uri, text: document() }];
        const found = check({ files, resources: value.resources }, target).diagnostics;
        judged = { target, diagnostics: diagnostics.concat(found) };
      }
      return judged.diagnostics;
    },
  };
}
