import { randomUUID } from "node:crypto";
import { chmod, realpath, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./exit-code.ts";
import { fileReason } from "./file-reason.ts";
import { removingUnfinished } from "./unfinished.ts";

/**
 * Writes a file whole or not at all: who reads it never sees half of it. A link stays one, and so do the file's
 * permissions; what is no file (`/dev/stdout`, a pipe) is written to as it is.
 *
 * @param text whole, or in pieces.
 *
 * @throws UsageError if it cannot be written.
 */
export async function writeWhole(path: string, text: string | Generator<string, void>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const before = await stat(target).catch(() => undefined);
  const part = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    if (before !== undefined && !before.isFile()) {
      await writeFile(target, piecesOf(text));
      return;
    }
    await removingUnfinished(part, async () => {
      await writeFile(part, piecesOf(text), { flag: "wx" });
      if (before !== undefined) await chmod(part, before.mode);
      await rename(part, target);
    });
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${fileReason(error)}.`);
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
