/**
 * Sets of Envoy minors as bits of one number: "since 1.36" is a mask, and judging a good format costs the same for one
 * release as for twenty.
 */
export type Minors = number;

/** A minor release of Envoy, `1.36`. The catalogue's `1.22` means 1.22 or earlier: no older one is a target. */
export type Version = `1.${number}`;

const oldest = 22;
const newest = 41;

/** Every minor that there are facts about. */
export const allMinors: Minors = (1 << (newest - oldest + 1)) - 1;

export const noMinors: Minors = 0;

/** The set of one minor, the 36 of 1.36; later ones count as the newest that is known. */
export function only(minor: number): Minors {
  return 1 << (Math.min(newest, Math.max(oldest, minor)) - oldest);
}

const masks = new Map<Version, Minors>();

/** All minors from one on. */
export function since(version: Version): Minors {
  return allMinors & ~before(version);
}

/** All minors before one. */
export function before(version: Version): Minors {
  let mask = masks.get(version);
  if (mask === undefined) {
    mask = only(minorOf(version)) - 1;
    masks.set(version, mask);
  }
  return mask;
}

/** The 36 of `1.36`. */
export function minorOf(version: Version): number {
  return Number(version.slice(2));
}

/** The minors of a set, oldest first. */
export function listMinors(minors: Minors): number[] {
  const list: number[] = [];
  for (let minor = oldest; minor <= newest; minor++) if ((minors & only(minor)) !== 0) list.push(minor);
  return list;
}
