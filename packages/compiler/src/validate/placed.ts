import type { Node, ScalarNode } from "../source/tree.ts";
import type { Path } from "./violation.ts";

/** A value of a policy, and the way to it. */
export interface Placed<N extends Node = Node> {
  readonly node: N;
  readonly at: Path;
}

/**
 * A value inside another. The way to it is put together when it is asked for, which is for findings alone. Hundreds are
 * made of each policy, so their fields are plain ones that are set once: private ones would take a fifth longer.
 */
export class Within<N extends Node = Node> implements Placed<N> {
  declare readonly node: N;
  declare private readonly outer: Pick<Placed, "at">;
  declare private readonly step: string | number;

  constructor(node: N, outer: Pick<Placed, "at">, step: string | number) {
    this.node = node;
    this.outer = outer;
    this.step = step;
  }

  get at(): Path {
    const steps = [this.step];
    let outer = this.outer;
    for (; outer instanceof Within; outer = outer.outer) steps.push(outer.step);
    for (let i = outer.at.length; i-- > 0;) steps.push(outer.at[i] ?? "");
    return steps.reverse();
  }
}

/** What stands below a place that there is: a field that counts, or an item. */
export function below(place: Placed, step: string | number): Placed {
  const { node } = place;
  if (node.kind === "map" && typeof step === "string") return new Within(node.get(step) ?? node, place, step);
  if (node.kind === "list" && typeof step === "number") return new Within(node.items[step]?.value ?? node, place, step);
  return place;
}

/** A field that is a text. */
export function textAt(place: Placed, name: string): Placed<ScalarNode> | undefined {
  const { node } = place;
  const field = node.kind === "map" ? node.get(name) : undefined;
  return field?.kind === "scalar" && typeof field.value === "string" ? new Within(field, place, name) : undefined;
}

/** A field of a map; `null` is as if it were not there. */
export function child(place: Placed, name: string): Placed | undefined {
  const { node } = place;
  const field = node.kind === "map" ? node.get(name) : undefined;
  if (field === undefined || (field.kind === "scalar" && field.value === null)) return undefined;
  return new Within(field, place, name);
}
