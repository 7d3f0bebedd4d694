/** A release of one program, in the order in which they are listed. */
interface Release {
  readonly name: string;
  /** `2.14`; of `main` it is `main`. */
  readonly line: string;
}

/**
 * Writes some of all releases as ranges: `2.11 to 2.13, 2.14.0 on`. A line stands for all its patches.
 *
 * @param releases all of them, oldest first.
 * @param names those that are meant.
 */
export function releaseRanges(releases: readonly Release[], names: ReadonlySet<string>): string {
  const runs: (readonly [first: number, last: number])[] = [];
  let first: number | undefined;
  for (const [i, { name }] of releases.entries()) {
    if (names.has(name)) first ??= i;
    if (first === undefined || (names.has(name) && i < releases.length - 1)) continue;
    runs.push([first, names.has(name) ? i : i - 1]);
    first = undefined;
  }
  return runs.map((run) => rangeText(releases, ...run)).join(", ");
}

function rangeText(releases: readonly Release[], first: number, last: number): string {
  const [before, from, to, after] = [releases[first - 1], releases[first], releases[last], releases[last + 1]];
  if (from === undefined || to === undefined) return "";
  if (before === undefined && after === undefined) return "all";
  const [isWholeFrom, isWholeTo] = [before?.line !== from.line, after?.line !== to.line];
  if (isWholeFrom && isWholeTo && from.line === to.line) return from.line;
  if (from === to) return from.name;
  if (before !== undefined && from.line === to.line) return `${from.name} to ${to.name}`;
  const [start, end] = [isWholeFrom ? from.line : from.name, isWholeTo ? to.line : to.name];
  if (before === undefined) return `up to ${end}`;
  if (after === undefined) return `from ${start} on`;
  return `${start} to ${end}`;
}
