import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { sizeOf, type SourceFile } from "../source/source-file.ts";

/** Whether there is so much to read that memory can grow by it, and code get hot. */
export function isMuch(sources: readonly SourceFile[]): boolean {
  return sizeOf(sources) > 250_000;
}

/**
 * Keeps the engine's space for young objects as small as it is. The engine makes it larger the more objects live on, up
 * to 100 MB; in a run that reads document after document, what lives on is findings, and all else dies at once.
 */
export function keepYoungSpace(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Makes the engine's space for young objects as large as is worth it where much lives on for a while, and keeps it there:
 * a mesh is compiled in nine tenths of the time and less, and takes less memory, since what dies soon is not taken for old.
 * The engine begins with a sixteenth of that, and makes it larger only when more lived on than it holds; so something does.
 */
export function growYoungSpace(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
  const living: unknown[] = [];
  // An engine that does otherwise is left as it is.
  for (let i = 0; i < 500 && youngSpace() < enoughForYoung; i++) {
    living.push(Array.from({ length: 64 }, () => new Array<number>(128).fill(0)));
  }
  keepYoungSpace();
}

/** In bytes, with the half that they are moved to. */
const enoughForYoung = 1 << 24;

function youngSpace(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === "new_space")?.space_size ?? enoughForYoung;
}

/**
 * Leaves optimisation to what runs often. The last step takes the processor from a run of a second, which is over before
 * it gains by it: without it, 5,000 policies are checked in two thirds of the time, 40,000 in the same, and a mesh is
 * compiled in nine tenths. The step before takes memory for all that it works on at once.
 */
export function optimizeLate(): void {
  setFlagsFromString("--invocation-count-for-turbofan=60000");
  setFlagsFromString("--invocation-count-for-maglev=1000");
}

/**
 * Collects old objects when there are half as many again, not several times as many: for a run that keeps much and makes
 * much that it does not keep.
 */
export function keepOldSpaceSmall(): void {
  setFlagsFromString("--heap-growing-percent=50");
}
