import type { CoalesceArgument } from "../../arguments/coalesce.ts";
import type { Evaluate } from "../evaluate.ts";
import type { Scene } from "../scene.ts";
import { none, textOf, type Value } from "../value.ts";

/**
 * COALESCE: the first of its operators that has a value; up to 1.39 an empty one counts as none. Its numbers are
 * doubles in JSON. Source: `source/common/formatter/coalesce_formatter.cc` at 1.37.
 *
 * @param evaluate renders an operator of the list.
 */
export function coalesce({ entries }: CoalesceArgument, scene: Scene, evaluate: Evaluate): Value {
  for (const { name, argument, limit } of entries) {
    if (name === undefined) continue;
    const value = evaluate({ name, ...(argument && { argument }), ...(limit && { limit }) }, scene);
    const text = textOf(value);
    if (value.kind === "missing" && value.text === undefined) continue;
    if (text === "" && scene.envoy.minor < 40) continue;
    return value.kind === "integer"
      ? { kind: "double", number: value.number, ...(text !== undefined && { text }) }
      : value;
  }
  return none;
}
