import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again until there is an answer; after `patience` milliseconds it is an error that names the wish. */
export async function until<T>(
  wish: string,
  ask: () => Promise<T | undefined> | T | undefined,
  patience = 30_000,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited in vain until ${wish}.`);
    await pause(1);
  }
}
