import type { EnvoyRelease } from "../target.ts";

/** A use that Envoy accepts, and that ends the process later. */
export interface Defect {
  readonly operator: string;
  /** The options that it takes. */
  readonly options: readonly string[];
  /** The patches that have it, by minor: from the first to the last. */
  readonly patches: Readonly<Record<number, readonly [number, number]>>;
}

/**
 * Formats that crash an Envoy when it writes a line; COALESCE of a scalar, which crashes it at once, is in
 * `arguments/coalesce.ts`. Seen in 1.37.0 and 1.38.2, not in 1.39.3 and 1.40.0; the patches are the changelogs'.
 */
export const defects: readonly Defect[] = ["SNI_FIRST", "HOST_FIRST"].map((preferred) => ({
  operator: "REQUESTED_SERVER_NAME",
  options: [preferred, "ORIG"],
  patches: { 37: [0, 4], 38: [0, 2] },
}));

/** Whether a release has a defect. */
export function isAffected({ patches }: Defect, { minor, patch }: EnvoyRelease): boolean {
  const [first, last] = patches[minor] ?? [Infinity, -Infinity];
  return first <= patch && patch <= last;
}
