/** How long other messages may wait for a piece of work, in milliseconds. */
const slice = 10;

/**
 * Does work that may be long piece by piece, and lets messages of the client in between two pieces every now and then.
 *
 * @returns `undefined` if the work is no longer wanted.
 */
export async function inSlices<T>(work: Iterable<T>, isWanted: () => boolean): Promise<readonly T[] | undefined> {
  const done: T[] = [];
  let since = performance.now();
  for (const piece of work) {
    done.push(piece);
    if (performance.now() - since < slice) continue;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    if (!isWanted()) return undefined;
    since = performance.now();
  }
  return done;
}
