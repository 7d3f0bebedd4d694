import type { ScalarValue } from "../source/scalar-value.ts";
import type { Node } from "../source/tree.ts";

/** The value of a scalar; `undefined` for a map or a list. */
export function plainValue(node: Node): ScalarValue | undefined {
  return node.kind === "scalar" ? node.value : undefined;
}
