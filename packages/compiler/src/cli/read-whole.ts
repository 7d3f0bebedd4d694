import { readFileSync } from "node:fs";
import { UsageError } from "./exit-code.ts";
import { fileReason } from "./file-reason.ts";

/**
 * The bytes of a file that a command line names.
 *
 * @throws UsageError if it cannot be read.
 */
export function readWhole(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${fileReason(error)}.`);
  }
}
