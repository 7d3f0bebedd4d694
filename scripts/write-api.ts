/** `pnpm api`: writes down what the packages declare, after `pnpm build`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { declarationsOf, entries } from "./declarations.ts";

for (const [report, entry] of Object.entries(entries)) {
  writeFileSync(join(import.meta.dirname, "..", report), await declarationsOf(entry));
}
