import { chmodSync, closeSync, openSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "./exit-code.ts";
import { fileReason } from "./file-reason.ts";
import { nextTurn, removingUnfinished } from "./unfinished.ts";

/**
 * Writes a file whole or not at all: who reads it never sees half of it. A link stays one, and so do the file's
 * permissions; what is no file (`/dev/stdout`, a pipe) is written to as it is.
 *
 * @param text whole, or in pieces.
 *
 * @throws UsageError if it cannot be written.
 */
export async function writeWhole(path: string, text: string | Generator<string, void>): Promise<void> {
  try {
    const target = targetOf(path);
    const before = statSync(target, { throwIfNoEntry: false });
    if (before !== undefined && !before.isFile()) {
      await writePieces(target, "w", text);
      return;
    }
    await removingUnfinished(dirname(target), async (part) => {
      await writePieces(part, "wx", text);
      if (before !== undefined) chmodSync(part, before.mode);
      renameSync(part, target);
    });
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${fileReason(error)}.`);
  }
}

/** The file that a path leads to; of one that does not exist, the path. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

// What is written at once needs none of Node's streams, which take longer to load than to check a small file.
async function writePieces(path: string, flag: "w" | "wx", text: string | Generator<string, void>): Promise<void> {
  const file = openSync(path, flag);
  let count = 0;
  try {
    for (const piece of piecesOf(text)) {
      writeFileSync(file, piece);
      // Now and then the run can be interrupted.
      if (++count % 8 === 0) await nextTurn();
    }
  } finally {
    closeSync(file);
  }
}

/** A text in pieces that are encoded one after another, so that a long one is not in memory as bytes too. */
function* piecesOf(text: string | Generator<string, void>): Generator<string> {
  if (typeof text !== "string") {
    for (const one of text) yield* piecesOf(one);
    return;
  }
  for (let start = 0; start < text.length;) {
    const end = start + mostUnits;
    // A pair of surrogates is one character.
    const isInPair = end < text.length && text.charCodeAt(end - 1) >> 10 === 0xd800 >> 10;
    const next = isInPair ? end + 1 : end;
    yield text.slice(start, next);
    start = next;
  }
}

const mostUnits = 1 << 19;
