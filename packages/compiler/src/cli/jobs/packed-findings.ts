import type { Span } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../../diagnostics.ts";

/** Findings as they go from a worker to the main thread: thousands say the same at different places. */
export interface PackedFindings {
  /** Whether the shapes that were sent before are forgotten, so that there are never too many. */
  readonly isAnew: boolean;
  /** Those that this worker did not send before. */
  readonly shapes: readonly Shape[];
  /** For each finding the number of its shape, where it starts and where it ends. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

/** All of a finding but its place: it is in a file without a name, and what else it points at is counted from its start. */
interface Shape {
  readonly finding: Omit<Diagnostic, keyof Span>;
  /** Whether it is about the policy that it was found in; then it does not name it. */
  readonly isOfPolicy: boolean;
}

/** Packs what a worker finds. Who unpacks it takes all that it makes, in order. */
export interface FindingPacker {
  /** @param policy in which it was found. */
  readonly add: (finding: Diagnostic, policy: ResourceIdentity) => void;
  /** What was added since the last time. */
  readonly take: () => PackedFindings;
}

/** How many shapes are remembered. */
const mostShapes = 1 << 12;

/** A packer for one worker. */
export function findingPacker(): FindingPacker {
  const known = new Map<string, number>();
  let [isAnew, shapes, rows]: [boolean, Shape[], number[]] = [true, [], []];
  return {
    add({ start, end, resource, ...others }, policy) {
      const rest = { ...others, file: "" };
      const isOfPolicy = resource !== undefined && isSame(resource, policy);
      const named = isOfPolicy || resource === undefined ? rest : { ...rest, resource };
      const shape: Shape = { finding: movedBy(-start, named), isOfPolicy };
      const key = JSON.stringify(shape);
      const before = known.get(key);
      const number = before ?? known.size;
      if (before === undefined) {
        known.set(key, number);
        shapes.push(shape);
      }
      rows.push(number, start, end);
    },
    take() {
      const taken = { isAnew, shapes, rows: Uint32Array.from(rows) };
      isAnew = known.size > mostShapes;
      if (isAnew) known.clear();
      [shapes, rows] = [[], []];
      return taken;
    },
  };
}

/**
 * Gives the findings that were packed, one after the other.
 *
 * @param offset where the text stands in its file that the finding was made in.
 */
export type NextFinding = (file: string, offset: number, policy: ResourceIdentity) => Diagnostic;

/** Unpacks what one worker sends. */
export function findingUnpacker(): (packed: PackedFindings) => NextFinding {
  let known: Shape[] = [];
  return ({ isAnew, shapes, rows }) => {
    known = isAnew ? [...shapes] : known.concat(shapes);
    let at = 0;
    return (file, offset, resource) => {
      const [number = 0, from = 0, to = 0] = rows.subarray(at, at + 3);
      at += 3;
      const shape = known[number];
      if (shape === undefined) throw new Error("a worker sends a shape before it is used");
      const [start, end] = [offset + from, offset + to];
      const finding = movedBy(start, shape.finding);
      return shape.isOfPolicy ? { ...finding, file, start, end, resource } : { ...finding, file, start, end };
    };
  };
}

function isSame(a: ResourceIdentity, b: ResourceIdentity): boolean {
  return a.kind === b.kind && a.mesh === b.mesh && a.name === b.name && a.namespace === b.namespace;
}

/** The same with all that it points at elsewhere in its file. */
function movedBy(by: number, finding: Shape["finding"]): Shape["finding"] {
  const { related, fixes } = finding;
  if (related === undefined && fixes === undefined) return finding;
  const move = <T extends Span>(span: T): T => ({ ...span, start: span.start + by, end: span.end + by });
  return {
    ...finding,
    ...(related && { related: related.map(move) }),
    ...(fixes && { fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map(move) })) }),
  };
}
