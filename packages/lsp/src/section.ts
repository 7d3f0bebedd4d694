import {
  checkAlone,
  checkTogether,
  type ControlPlane,
  type Diagnostic,
  namesKind,
  readResources,
  type Resource,
  type Surroundings,
} from "@meshlog/compiler";
import type { Target } from "@meshlog/parser";

/**
 * A stretch of a file that is read by itself: a document, or an item of a list. What it says depends on its text alone,
 * so it outlives edits elsewhere; all its offsets are counted from its own start.
 */
export interface Section {
  readonly text: string;
  /** A text in its place as a document of its own, in which every offset is what it was. */
  asDocument(text: string): string;
  /** Whether it names a kind of Kuma's. What does not is never read. */
  readonly isKumas: boolean;
  /** The resources that Kuma reads. */
  resources(): readonly Resource[];
  /** Those and the ones that are not whole YAML (yet), as far as they can be made out. */
  readable(): readonly Resource[];
  /** What is wrong with it and with the policies in it, beside what else their meshes hold. */
  diagnostics(target: Target, controlPlane: ControlPlane, surroundings: Surroundings): readonly Diagnostic[];
}

/** A section of a file; it is read when first asked for. */
export function createSection(
  uri: string,
  text: string,
  asDocument: Section["asDocument"] = (unchanged) => unchanged,
): Section {
  const isKumas = namesKind(text);
  const file = { path: uri, text: asDocument(text) };
  const read = once(() => readResources(isKumas ? file : { path: uri, text: "" }));
  const readable = once(() => read().value.resources.concat(read().value.broken));
  const bundle = once(() => ({ files: [file], resources: read().value.resources }));
  const alone = forLast((target: Target, controlPlane: ControlPlane, protocols: Surroundings["protocols"]) =>
    read().diagnostics.concat(checkAlone(bundle(), target, controlPlane, protocols)),
  );
  const together = forLast((target: Target, surroundings: Surroundings) =>
    checkTogether(bundle(), target, surroundings),
  );
  return {
    text,
    asDocument,
    isKumas,
    resources: () => read().value.resources,
    readable,
    diagnostics: (target, controlPlane, surroundings) =>
      alone(target, controlPlane, surroundings.protocols).concat(together(target, surroundings)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A function that remembers what it answered last. */
function forLast<A extends readonly unknown[], T>(make: (...given: A) => T): (...given: A) => T {
  let last: { readonly given: A; readonly value: T } | undefined;
  return (...given) => {
    if (last?.given.every((one, i) => one === given[i]) !== true) last = { given, value: make(...given) };
    return last.value;
  };
}
