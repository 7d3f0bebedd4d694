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
 * @throws UsageError if it cannot be written.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const before = await stat(target).catch(() => undefined);
  const part = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    if (before !== undefined && !before.isFile()) {
      await writeFile(target, text);
      return;
    }
    await removingUnfinished(part, async () => {
      await writeFile(part, text, { flag: "wx" });
      if (before !== undefined) await chmod(part, before.mode);
      await rename(part, target);
    });
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${fileReason(error)}.`);
  }
}
