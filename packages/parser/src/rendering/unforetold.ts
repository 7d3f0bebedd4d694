/**
 * Leaves the renderer where a line cannot be told: thrown and caught within it. Whoever renders gets a diagnostic.
 */
export class Unforetold extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Why a line cannot be told. */
export type Problem =
  | { readonly kind: "missing-fact"; readonly fact: string }
  | { readonly kind: "unusable-fact"; readonly fact: string; readonly problem: string }
  | { readonly kind: "unforetold"; readonly what: string; readonly why: string };

/** A fact is needed that nobody told. */
export function missing(fact: string): never {
  throw new Unforetold({ kind: "missing-fact", fact });
}

/** A fact is not what its operator can be. */
export function unusable(fact: string, problem: string): never {
  throw new Unforetold({ kind: "unusable-fact", fact, problem });
}

/** What is printed does not follow from facts at all. */
export function unforetold(what: string, why: string): never {
  throw new Unforetold({ kind: "unforetold", what, why });
}

/** A value is nested deeper than any that Envoy can be sent. */
export function tooDeep(): never {
  unforetold("A value of JSON", "it is nested deeper than protobuf reads");
}
