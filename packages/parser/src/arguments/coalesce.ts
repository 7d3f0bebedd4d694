import { type ArgumentNode, type ArgumentSource, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** A JSON document that lists operators: the first that has a value is printed. */
export type CoalesceArgument = ArgumentNode<"coalesce">;

export function readCoalesce(source: ArgumentSource): CoalesceArgument {
  return { kind: "coalesce", ...whole(source) };
}

export function checkCoalesce(_argument: CoalesceArgument, _call: CallCheck): void {
  // The grammar of its own comes next.
}
