/** How long other messages may wait for a piece of work, in milliseconds. */
const slice = 10;

/**
 * Does work that may be long piece by piece, and lets messages of the client in between two pieces every now and then.
 *
 * @returns what the pieces come to; `undefined` if the work is no longer wanted.
 */
export async function inSlices<T>(work: Iterable<readonly T[]>, isWanted: () => boolean): Promise<T[] | undefined> {
  const done: T[] = [];
  let since = performance.now();
  for (const piece of work) {
    for (const one of piece) done.push(one);
    if (performance.now() - since < slice) continue;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    if (!isWanted()) return undefined;
    since = performance.now();
  }
  return done;
}
