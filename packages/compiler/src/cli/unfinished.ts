import { rmSync } from "node:fs";
import { join } from "node:path";

/** The files and folders that are being written and have not yet taken their places. */
const unfinished = new Set<string>();

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Writes what is to take its place when it is whole. Whatever is left of it afterwards is removed: after a failure, and
 * when the run is interrupted, which then ends it as if nobody had listened.
 *
 * @param folder that it is to be in.
 * @param write makes a file or a folder in the place that it is given, which nothing else has, and moves or leaves it.
 */
export async function removingUnfinished<T>(folder: string, write: (part: string) => Promise<T>): Promise<T> {
  const part = join(folder, `.meshlog-${Math.random().toString(36).slice(2)}.part`);
  if (unfinished.size === 0) for (const signal of signals) process.on(signal, interrupted);
  unfinished.add(part);
  try {
    return await write(part);
  } finally {
    // A signal that came meanwhile is told before nobody listens any more.
    await nextTurn();
    remove(part);
    unfinished.delete(part);
    if (unfinished.size === 0) stopListening();
  }
}

/** Lets the loop tell what has come: it asks for that between two turns. */
export async function nextTurn(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

function interrupted(signal: NodeJS.Signals): void {
  // Who else listens ends the run in order, after what is being written.
  if (process.listenerCount(signal) > 1) return;
  stopListening();
  unfinished.forEach(remove);
  process.kill(process.pid, signal);
}

function stopListening(): void {
  for (const signal of signals) process.off(signal, interrupted);
}

function remove(part: string): void {
  try {
    rmSync(part, { recursive: true, force: true });
  } catch {
    // What cannot be removed stays; why the writing failed is told.
  }
}
