import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = process.env["MESHLOG_SHARED"] ?? fileURLToPath(new URL("../../../../shared", import.meta.url));

/** The text of a file of the references that are kept beside the repository; undefined where they are not. */
export function readShared(path: string): string | undefined {
  const file = `${folder}/${path}`;
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
