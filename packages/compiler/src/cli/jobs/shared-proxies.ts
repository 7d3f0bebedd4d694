import { setImmediate } from "node:timers/promises";
import type { WrittenProxy } from "../../emit/text.ts";
import type { CompiledShare } from "./compile-task.ts";
import type { Crew } from "./pool.ts";
import { hasRoom, noteWritten, type OwnShares, type ProxyShares } from "./proxy-shares.ts";

/**
 * The proxies that this thread and workers compile, in the order in which one thread would make them.
 *
 * @param made what this thread makes: of `own`, as it is asked for.
 */
export async function* sharedProxies(
  { workers, wait }: Crew,
  shares: ProxyShares,
  own: OwnShares,
  made: Iterable<WrittenProxy>,
): AsyncGenerator<WrittenProxy> {
  const waiting = new Map<number, readonly WrittenProxy[]>();
  let arrival = Promise.withResolvers<undefined>();
  for (const worker of workers) {
    worker.on("message", ({ share, proxies }: CompiledShare) => {
      waiting.set(share, proxies);
      arrival.resolve(undefined);
      arrival = Promise.withResolvers();
    });
  }
  let written = 0;
  function* ready(): Generator<WrittenProxy> {
    for (let next = waiting.get(written); next !== undefined; next = waiting.get(written)) {
      waiting.delete(written);
      yield* next;
      written++;
      noteWritten(shares);
    }
  }

  let share = -1;
  let current: WrittenProxy[] = [];
  for (const proxy of made) {
    if (own.current() !== share) {
      if (current.length > 0) waiting.set(share, current);
      current = [];
      share = own.current();
      // What workers sent is taken in between.
      await wait(setImmediate());
      yield* ready();
      while (!hasRoom(shares, share)) {
        await wait(arrival.promise);
        yield* ready();
      }
    }
    current.push(proxy);
  }
  if (current.length > 0) waiting.set(share, current);
  yield* ready();
  while (written < own.count()) {
    await wait(arrival.promise);
    yield* ready();
  }
}
