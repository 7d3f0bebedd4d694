import type { Node } from "../source/tree.ts";
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
