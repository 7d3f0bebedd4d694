import { writeSync } from "node:fs";
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
 * Those of the process, each made when it is first used, for making one takes longer than to check a small file. A reader
 * that goes away (`meshlog … | head`) ends the run quietly.
 */
export function standardStreams(): Streams {
  const watched = new Set<NodeJS.WriteStream>();
  const watch = (stream: NodeJS.WriteStream): NodeJS.WriteStream => {
    if (!watched.has(stream)) stream.on("error", endRun);
    watched.add(stream);
    return stream;
  };
  return {
    out: (text) => void watch(process.stdout).write(text),
    outBytes: (bytes) =>
      new Promise((resolve) => {
        watch(process.stdout).write(bytes, () => {
          resolve();
        });
      }),
    error: (text) => void watch(process.stderr).write(text),
    get input() {
      return process.stdin;
    },
    get isTerminal() {
      return process.stderr.isTTY;
    },
  };
}

function endRun(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  try {
    writeSync(process.stderr.fd, `meshlog: the output cannot be written: ${fileReason(error)}.\n`);
  } finally {
    process.exit(exitCode.failed);
  }
}
