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
  /** Reads it, and judges what is said of its policies by themselves if the traffic is as it is expected to be. */
  prepare(target: Target, controlPlane: ControlPlane, expected: Surroundings["protocols"]): void;
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
  let known: WeakRef<Reading> | undefined;
  let kept: Kept | undefined;
  const document = (): string => (isKumas ? asDocument(piece.text) : "");
  function readAnew(): Reading {
    const reading = readResources({ path: uri, text: document() });
    const { resources, broken } = reading.value;
    kept ??= keep(resources);
    return { ...reading, readable: resources.concat(broken) };
  }
  function read(): Reading {
    const old = known?.deref();
    if (old !== undefined) return old;
    const reading = readAnew();
    known = new WeakRef(reading);
    return reading;
  }
  function remembered(): Kept {
    if (kept === undefined) readAnew();
    return kept ?? { keys: [], others: [], traces: [] };
  }
  const bundle = (resources: readonly Resource[]): Bundle => ({ files: [{ path: uri, text: document() }], resources });
  // Not kept for later: most of a large file is judged once, and never looked at.
  const readOnce = (): Reading => known?.deref() ?? readAnew();
  const alone = forLast((target: Target, controlPlane: ControlPlane, protocols: Surroundings["protocols"]) => {
    const { value, diagnostics } = readOnce();
    return diagnostics.concat(checkAlone(bundle(value.resources), target, controlPlane, protocols));
  });
  const together = forLast((target: Target, surroundings: Surroundings) => {
    const { others, traces } = remembered();
    const isByItself = ({ mesh }: PolicyTrace): boolean => (surroundings.meshes.get(mesh)?.resources.size ?? 0) === 0;
    if (others.length === 0 && traces.every(isByItself)) return [];
    return checkTogether(bundle(readOnce().value.resources), target, surroundings);
  });
  return {
    ...piece,
    asDocument,
    isKumas,
    resources: () => read().value.resources,
    readable: () => read().readable,
    keys: () => remembered().keys,
    others: () => remembered().others,
    traces: () => remembered().traces,
    prepare: alone,
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
