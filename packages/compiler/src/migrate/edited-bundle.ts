import type { TextEdit } from "@meshlog/parser";
import { type Bundle, load } from "../source/load.ts";
import { applyEdits } from "./text-edits.ts";

/** A bundle with the edits of some of its files. */
export function edited({ files }: Bundle, edits: ReadonlyMap<string, readonly TextEdit[]>): Bundle {
  return load(files.map(({ path, text }) => ({ path, content: applyEdits(text, edits.get(path) ?? []) }))).value;
}
