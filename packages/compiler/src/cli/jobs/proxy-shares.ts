/** The proxies of a bundle in shares of a few, which several threads take one after the other. */
export interface ProxyShares {
  /** The share that nobody has taken yet, and how many have been written. */
  readonly state: Int32Array<SharedArrayBuffer>;
  /** How many proxies a share has. */
  readonly size: number;
  /** How many shares there may be that are taken and not yet written, so that no thread runs far ahead. */
  readonly most: number;
}

const [nextShare, writtenShares] = [0, 1];

/** Shares for a number of threads. */
export function proxyShares(threads: number): ProxyShares {
  return { state: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)), size: 8, most: 3 * threads };
}

/** What a thread has of the shares. */
export interface OwnShares {
  /** Whether the next proxy is this thread's: to be asked once for each that is wanted, in their order. */
  readonly isNextOwn: () => boolean;
  /** The share that this thread works at. */
  readonly current: () => number;
  /** How many shares there are, when all proxies have been asked for. */
  readonly count: () => number;
}

/** Takes shares for a thread whenever those that it has are done. */
export function ownShares({ state, size }: ProxyShares): OwnShares {
  let proxies = 0;
  let current = -1;
  return {
    isNextOwn() {
      const share = Math.floor(proxies++ / size);
      if (current < share) current = Atomics.add(state, nextShare, 1);
      return current === share;
    },
    current: () => current,
    count: () => Math.ceil(proxies / size),
  };
}

/** Whether there is room for what a share has. */
export function hasRoom({ state, most }: ProxyShares, share: number): boolean {
  return share < Atomics.load(state, writtenShares) + most;
}

/** Waits until there is room; for threads that have nothing else to do. */
export function waitForRoom(shares: ProxyShares, share: number): void {
  for (;;) {
    const written = Atomics.load(shares.state, writtenShares);
    if (hasRoom(shares, share)) return;
    Atomics.wait(shares.state, writtenShares, written);
  }
}

/** Tells all threads that one share more is written. */
export function noteWritten({ state }: ProxyShares): void {
  Atomics.add(state, writtenShares, 1);
  Atomics.notify(state, writtenShares);
}
