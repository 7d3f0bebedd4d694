import type { TargetOptions } from "../../documents/target-request.ts";
import type { ControlPlane } from "../../kuma/control-plane.ts";
import type { ResourceHead } from "../../source/without-tree.ts";
import type { PackedFindings } from "./packed-findings.ts";

/** What a worker that judges policies is told once. */
export interface CheckTask {
  readonly kind: "check";
  readonly releases: TargetOptions;
  readonly controlPlane: ControlPlane;
}

/** Parts of files that several threads judge: each takes the next portion until there is none. */
export interface SharedParts {
  /** The texts of the parts one after the other, as UTF-8. */
  readonly texts: Uint8Array<SharedArrayBuffer>;
  /** Of each part where its text begins, and at last where all end. */
  readonly starts: Float64Array<SharedArrayBuffer>;
  /** Of each part the index of its file, its own in that file, and its length in UTF-16 units. */
  readonly places: Uint32Array<SharedArrayBuffer>;
  /** Of each portion which part it begins with, and at last how many parts there are. */
  readonly portions: Uint32Array;
  /** A single number: the portion that nobody has taken yet. */
  readonly next: Int32Array<SharedArrayBuffer>;
  /** The paths of the files. */
  readonly files: readonly string[];
  /** The services that are certain to be TCP. */
  readonly tcp: ReadonlySet<string>;
}

/** How many numbers {@link SharedParts.places} has for a part. */
export const placeSize = 3;

/** Takes a portion. @returns its index; `undefined` if all are taken. */
export function takePortion({ next, portions }: SharedParts): number | undefined {
  const taken = Atomics.add(next, 0, 1);
  return taken < portions.length - 1 ? taken : undefined;
}

/** What a worker found in a portion. */
export interface PackedPortion extends PackedFindings {
  readonly portion: number;
  /**
   * For each part its policies; `undefined` if it holds other resources too, or there is something wrong with its YAML:
   * such a part is for the thread that has all of the file.
   */
  readonly parts: readonly (readonly PackedPolicy[] | undefined)[];
}

/** A policy that was judged; offsets count from the start of its portion. */
export interface PackedPolicy extends Omit<ResourceHead, "kind" | "file"> {
  readonly hasSpec: boolean;
  /** How many of the findings that follow are what Kuma and Envoy say, and how many are lints. */
  readonly said: number;
  readonly lints: number;
}
