import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { referencePages } from "./pages.ts";

/** Writes the pages of the reference for VitePress: as files, because its search finds nothing in dynamic routes. */
const docs = join(import.meta.dirname, "..");
for (const folder of ["operators", "kuma", "diagnostics"]) rmSync(join(docs, folder), { recursive: true, force: true });
for (const [path, text] of referencePages()) {
  mkdirSync(dirname(join(docs, path)), { recursive: true });
  writeFileSync(join(docs, path), text);
}
