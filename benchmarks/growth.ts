/** How the time of a function grows with its input. */
export interface Growth {
  /** Milliseconds for each size, the best of the rounds. */
  readonly best: readonly number[];
  /** How much longer twice the input takes, on the average of the doublings. */
  readonly perDoubling: number;
  /** How much longer the largest input takes than the one before. */
  readonly last: number;
}

/**
 * Measures a function on inputs of which each is twice the one before. The inputs take turns, so that whatever else the
 * machine does meets all of them.
 */
export function growth<T>(inputs: readonly T[], measured: (input: T) => void, rounds: number): Growth {
  const best = inputs.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    inputs.forEach((input, i) => {
      best[i] = Math.min(
        best[i] ?? Infinity,
        time(() => {
          measured(input);
        }),
      );
    });
  }
  const [first = 1, last = 1, before = 1] = [best[0], best.at(-1), best.at(-2)];
  return { best, perDoubling: (last / first) ** (1 / (inputs.length - 1)), last: last / before };
}

/** A line of a table. */
export function row(name: string, { best, perDoubling, last }: Growth): string {
  const columns = best.map((milliseconds) => milliseconds.toFixed(1).padStart(8)).join(" ");
  const shown = JSON.stringify(name).slice(1, -1).padEnd(26);
  return `${shown} ${columns}  × ${perDoubling.toFixed(2)}  × ${last.toFixed(2)}`;
}

/** Milliseconds of this thread: what else the machine does is not in them. */
function time(run: () => void): number {
  globalThis.gc?.();
  const before = process.threadCpuUsage();
  // The system counts in ticks of some milliseconds: short runs are repeated.
  for (let runs = 1; ; runs++) {
    run();
    const { user, system } = process.threadCpuUsage(before);
    const spent = (user + system) / 1000;
    if (spent > 40) return spent / runs;
  }
}
