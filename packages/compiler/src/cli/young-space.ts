import { setFlagsFromString } from "node:v8";

/**
 * Keeps the engine's space for young objects as small as it is. The engine makes it larger the more objects live on, up
 * to 100 MB; in a run that reads document after document, what lives on is findings, and all else dies at once.
 */
export function keepYoungSpace(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Collects old objects when there are half as many again, not several times as many: for a run that keeps much and makes
 * much that it does not keep.
 */
export function keepOldSpaceSmall(): void {
  setFlagsFromString("--heap-growing-percent=50");
}
