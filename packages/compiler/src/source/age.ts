import type { Resource } from "./resources.ts";

/**
 * Compares two resources by age, the oldest first: by the creation time that they carry, those without one before; else
 * by where they stand in the bundle.
 */
export function compareAge(a: Resource, b: Resource): number {
  return (
    compare(a.creationTime ?? "", b.creationTime ?? "") ||
    compare(a.file, b.file) ||
    a.index - b.index ||
    a.node.start - b.node.start
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
