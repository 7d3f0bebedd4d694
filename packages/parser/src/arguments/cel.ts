import { type ArgumentNode, type ArgumentSource, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** An expression of the Common Expression Language. */
export type CelArgument = ArgumentNode<"cel">;

export function readCel(source: ArgumentSource): CelArgument {
  return { kind: "cel", ...whole(source) };
}

export function checkCel(_argument: CelArgument | undefined, _call: CallCheck): void {
  // The grammar of its own comes next.
}
