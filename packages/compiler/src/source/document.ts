import type { Span } from "@meshlog/parser";
import type { Node } from "./tree.ts";

/** A document of a file: what stands between two lines `---`, from the first of them on. */
export interface Document extends Span {
  /** Not there if the document is empty, holds nothing but comments, or cannot be read at all. */
  readonly root: Node | undefined;
  /** From 0, in the order of the file. */
  readonly index: number;
  /** Whether something in it is not YAML. The tree then is what could be made of it, which an editor needs. */
  readonly broken: boolean;
  /** False where it is known that no key stands twice in one map. */
  readonly mayRepeatKeys: boolean;
}
