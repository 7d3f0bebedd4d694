import { extname } from "node:path";
import type { Worker } from "node:worker_threads";
import { UsageError } from "../exit-code.ts";
import type { WorkerTask } from "./worker-task.ts";

/** The file that a worker thread starts with stands beside this one, in the sources and in the bundle. */
const entry = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/** Threads that share a piece of work with the one that started them. */
export interface Crew {
  readonly workers: readonly Worker[];
  /**
   * Waits for something that a worker is to do.
   *
   * @throws what a worker throws, and UsageError if one runs out of memory: nothing waits for a worker that is no more.
   */
  readonly wait: <T>(done: Promise<T>) => Promise<T>;
}

/**
 * Runs something with worker threads, which end with it.
 *
 * @param tasks what each worker is for.
 */
export async function withWorkers<T>(tasks: readonly WorkerTask[], run: (crew: Crew) => Promise<T>): Promise<T> {
  const { Worker } = await import("node:worker_threads");
  const workers: Worker[] = [];
  try {
    const failing = tasks.map(
      (workerData) =>
        new Promise<never>((_, reject) => {
          const worker = new Worker(entry, { workerData });
          workers.push(worker);
          worker.on("error", (error) => {
            reject(isOutOfMemory(error) ? new UsageError(outOfMemory) : asError(error));
          });
          worker.on("messageerror", reject);
          worker.on("exit", (code) => {
            if (code !== 0) reject(new Error(`a worker thread ended with code ${code} before its work was done`));
          });
        }),
    );
    const failed = Promise.race(failing);
    // It may fail while nobody waits: who waits next is told.
    failed.catch(() => undefined);
    return await run({ workers, wait: (done) => Promise.race([done, failed]) });
  } finally {
    // Nobody waits for how they end: what they had to give was taken, or is of no use any more.
    for (const worker of workers) void worker.removeAllListeners().terminate();
  }
}

const outOfMemory =
  "a worker thread ran out of memory. Use fewer --jobs, or give each more: NODE_OPTIONS=--max-old-space-size=8192.";

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
