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

/** Those of the process. A reader that goes away (`meshlog … | head`) ends the run quietly. */
export function standardStreams(): Streams {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      try {
        writeSync(process.stderr.fd, `meshlog: the output cannot be written: ${fileReason(error)}.\n`);
      } finally {
        process.exit(exitCode.failed);
      }
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    outBytes: (bytes) =>
      new Promise((resolve) => {
        process.stdout.write(bytes, () => {
          resolve();
        });
      }),
    error: (text) => void process.stderr.write(text),
    input: process.stdin,
    isTerminal: process.stderr.isTTY,
  };
}
