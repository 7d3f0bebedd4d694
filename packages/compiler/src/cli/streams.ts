import { fstatSync, statSync, writeSync } from "node:fs";
import { exitCode } from "./exit-code.ts";
import { fileReason } from "./file-reason.ts";

/** Where a command reads and writes. Data goes to `out`, what is said about it to `error`. */
export interface Streams {
  out(text: string): void;
  /** Writes bytes to where `out` does; done when they may change. */
  outBytes(bytes: Uint8Array): Promise<void>;
  error(text: string): void;
  readonly input: AsyncIterable<Uint8Array>;
  /** Whether reports are read by a person at a terminal. */
  readonly isTerminal: boolean;
}

/**
 * Those of the process, each made when it is first used, for making one takes longer than to check a small file; a text
 * is written without one where that can be done at once. A reader that goes away (`meshlog … | head`) ends the run
 * quietly.
 */
export function standardStreams(): Streams {
  const watched = new Set<NodeJS.WriteStream>();
  const watch = (stream: NodeJS.WriteStream): NodeJS.WriteStream => {
    if (!watched.has(stream)) stream.on("error", endRun);
    watched.add(stream);
    return stream;
  };
  const write = (name: "stdout" | "stderr", text: string): void => {
    const rest = watched.size > 0 ? text : writeAtOnce(descriptors[name], text);
    if (rest.length > 0) watch(process[name]).write(rest);
  };
  return {
    out: (text) => {
      write("stdout", text);
    },
    outBytes: (bytes) =>
      new Promise((resolve) => {
        watch(process.stdout).write(bytes, () => {
          resolve();
        });
      }),
    error: (text) => {
      write("stderr", text);
    },
    get input() {
      return process.stdin;
    },
    get isTerminal() {
      return mayBeTerminal(descriptors.stderr) && process.stderr.isTTY;
    },
  };
}

const descriptors = { stdout: 1, stderr: 2 } as const;

/** Files and pipes are no terminals, nor is what takes everything: to know that costs less than to make a stream. */
function mayBeTerminal(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isCharacterDevice() && stats.rdev !== statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
}

/** Writes what a descriptor takes at once, and returns the rest. A console of Windows takes no bytes, but characters. */
function writeAtOnce(descriptor: number, text: string): string | Uint8Array {
  if (process.platform === "win32") return text;
  let rest: Uint8Array = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EAGAIN") endRun(error as NodeJS.ErrnoException);
  }
  return rest;
}

function endRun(error: NodeJS.ErrnoException): never {
  if (error.code === "EPIPE") process.exit();
  try {
    writeSync(descriptors.stderr, `meshlog: the output cannot be written: ${fileReason(error)}.\n`);
  } finally {
    process.exit(exitCode.failed);
  }
}
