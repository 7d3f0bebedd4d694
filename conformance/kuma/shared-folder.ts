import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Where data lies that is not part of this repository: what Kuma's own tests expect. Beside the repository, or where
 * MESHLOG_SHARED says; `undefined` where there is none.
 */
export const goldensFolder: string | undefined = [
  process.env["MESHLOG_SHARED"] ?? join(import.meta.dirname, "../../../shared"),
]
  .map((shared) => join(shared, "conformance/goldens"))
  .find((folder) => existsSync(folder));
