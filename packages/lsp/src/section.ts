import {
  type Bundle,
  checkAlone,
  checkTogether,
  type ControlPlane,
  type Diagnostic,
  type FileResources,
  namesKind,
  type PolicyTrace,
  policyTrace,
  readResources,
  type Resource,
  type Surroundings,
} from "@meshlog/compiler";
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
  /** The resources that are no MeshAccessLogs: always the same objects, for what is said of others depends on them. */
  others(): readonly Resource[];
  /** What matters of its MeshAccessLogs to others. */
  traces(): readonly PolicyTrace[];
  /** What is wrong with it and with the policies in it, beside what else their meshes hold. */
  diagnostics(target: Target, controlPlane: ControlPlane, surroundings: Surroundings): readonly Diagnostic[];
}

/** What has been made out of the text of a section. */
interface Reading extends Result<FileResources, Diagnostic> {
  readonly readable: readonly Resource[];
}

/** What of a section is never forgotten. */
interface Kept {
  readonly keys: readonly ResourceKey[];
  readonly others: readonly Resource[];
  readonly traces: readonly PolicyTrace[];
}

/** A section of a file; it is read when first asked for. */
export function createSection(
  uri: string,
  part: string,
  asDocument: Section["asDocument"] = (unchanged) => unchanged,
): Section {
  const piece = createPiece(part);
  const isKumas = namesKind(piece.text);
  let kept: Kept | undefined;
  const document = (): string => (isKumas ? asDocument(piece.text) : "");
  const read = forgetful((): Reading => {
    const reading = readResources({ path: uri, text: document() });
    kept ??= keep(reading.value.resources);
    return { ...reading, readable: reading.value.resources.concat(reading.value.broken) };
  });
  const remembered = (): Kept => {
    if (kept === undefined) read();
    return kept ?? { keys: [], others: [], traces: [] };
  };
  const bundle = (): Bundle => ({ files: [{ path: uri, text: document() }], resources: read().value.resources });
  const alone = forLast((target: Target, controlPlane: ControlPlane, protocols: Surroundings["protocols"]) =>
    read().diagnostics.concat(checkAlone(bundle(), target, controlPlane, protocols)),
  );
  const together = forLast((target: Target, surroundings: Surroundings) =>
    checkTogether(bundle(), target, surroundings),
  );
  return {
    ...piece,
    asDocument,
    isKumas,
    resources: () => read().value.resources,
    readable: () => read().readable,
    keys: () => remembered().keys,
    others: () => remembered().others,
    traces: () => remembered().traces,
    diagnostics: (target, controlPlane, surroundings) =>
      alone(target, controlPlane, surroundings.protocols).concat(together(target, surroundings)),
  };
}

function keep(resources: readonly Resource[]): Kept {
  return {
    keys: resources.map(({ kind, mesh, name }) => ({ kind, mesh, name })),
    others: resources.filter(({ kind }) => kind !== "MeshAccessLog"),
    traces: resources.filter(({ kind }) => kind === "MeshAccessLog").flatMap((policy) => policyTrace(policy) ?? []),
  };
}

/** A function that remembers what it answered last. */
function forLast<A extends readonly unknown[], T>(make: (...given: A) => T): (...given: A) => T {
  let last: { readonly given: A; readonly value: T } | undefined;
  return (...given) => {
    if (last?.given.every((one, i) => one === given[i]) !== true) last = { given, value: make(...given) };
    return last.value;
  };
}

/** Makes a thing when it is asked for, and again if it was not for long: memory is what large files lack most. */
function forgetful<T extends object>(make: () => T): () => T {
  let known: WeakRef<T> | undefined;
  return () => {
    const old = known?.deref();
    if (old !== undefined) return old;
    const made = make();
    known = new WeakRef(made);
    return made;
  };
}
