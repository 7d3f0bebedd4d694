import type { ControlPlane } from "../kuma/control-plane.ts";
import type { PolicyFacts } from "../kuma/policy-facts.ts";
import { type Resource, writtenLabels } from "../source/resources.ts";
import { checkLabels, type LabelCheckFacts } from "./check-labels.ts";
import { checkSpec } from "./check-spec.ts";
import { compareText } from "./compare-text.ts";
import { decode, type Decoded } from "./decode.ts";
import { deprecations } from "./deprecations.ts";
import { judgeBySchemas, nothingFound, type SchemaJudgement } from "./judge-by-schema.ts";
import type { MeshAccessLogSpec } from "./policy.ts";
import type { PolicySchemas } from "./policy-schemas.ts";
import { sayTheSame, type SpecFacts } from "./spec-facts.ts";
import { validatorPanic } from "./validator-panic.ts";
import { type LocatedViolation, noViolations } from "./violation.ts";

/** What Kuma's validator says of a spec. */
export interface SpecJudgement {
  readonly panic?: LocatedViolation;
  readonly violations: readonly LocatedViolation[];
  /** Only of a spec that is accepted. */
  readonly warnings: readonly LocatedViolation[];
}

/**
 * What is made of one policy on the way. What the behaviours of a target have in common is made once, when the first of
 * them asks for it.
 */
export class PolicyStages {
  readonly #resource: Resource;
  readonly #schemas: PolicySchemas;
  readonly #controlPlane: ControlPlane;
  readonly #bySchema: readonly (SchemaJudgement | undefined)[];
  #meta: Decoded | undefined;
  #decoded: Decoded | undefined;
  // Few things are remembered, so that looking through them is quicker than a map.
  readonly #ofSpecs: {
    readonly spec: MeshAccessLogSpec;
    readonly facts: SpecFacts;
    readonly judgement: SpecJudgement;
  }[] = [];
  #ofLabels: { readonly facts: LabelCheckFacts; readonly found: readonly LocatedViolation[] }[] | undefined;
  #labels: ReadonlyMap<string, string> | undefined;
  #ordered: readonly Ordered[] = nothingOrdered;

  /** @param schemas of the behaviours. */
  constructor(resource: Resource, schemas: PolicySchemas, controlPlane: ControlPlane) {
    this.#resource = resource;
    this.#schemas = schemas;
    this.#controlPlane = controlPlane;
    this.#bySchema = judgeBySchemas(schemas.judging(resource.shape), resource.node);
  }

  /** What a schema says of it. */
  bySchema(index: number): SchemaJudgement {
    return this.#bySchema[index] ?? nothingFound;
  }

  /** What Go decodes first. */
  get meta(): Decoded {
    return (this.#meta ??= decode(this.#schemas.decodingMeta, this.#resource.node, true));
  }

  /** What Go decodes. */
  get decoded(): Decoded {
    const { node, shape } = this.#resource;
    return (this.#decoded ??= decode(this.#schemas.decoding(shape), node, shape === "universal"));
  }

  ofSpec(spec: MeshAccessLogSpec, facts: SpecFacts): SpecJudgement {
    // Releases ask in their order, and mostly say what the one before said.
    const before = this.#ofSpecs.findLast((known) => known.spec === spec);
    if (before?.facts === facts) return before.judgement;
    const judgement =
      before !== undefined && sayTheSame(spec, before.judgement.violations.length > 0, before.facts, facts)
        ? before.judgement
        : judgeSpec(spec, facts);
    this.#ofSpecs.push({ spec, facts, judgement });
    return judgement;
  }

  /** What the API server says of the labels. */
  ofLabels(facts: LabelCheckFacts): readonly LocatedViolation[] {
    this.#ofLabels ??= [];
    for (const known of this.#ofLabels) if (known.facts === facts) return known.found;
    const { node, shape, mesh } = this.#resource;
    this.#labels ??= writtenLabels(node, shape);
    const found = checkLabels(this.#labels, mesh, { facts, controlPlane: this.#controlPlane });
    this.#ofLabels.push({ facts, found });
    return found;
  }

  /** Violations of a schema in Kuma's order. */
  inOrder(order: PolicyFacts["schemaOrder"], violations: readonly LocatedViolation[]): readonly LocatedViolation[] {
    for (const known of this.#ordered) {
      if (known.violations === violations && known.order === order) return known.inOrder;
    }
    const inOrder = orders[order](violations);
    this.#ordered = [...this.#ordered, { order, violations, inOrder }];
    return inOrder;
  }
}

/** Violations that were put in order. */
interface Ordered {
  readonly order: PolicyFacts["schemaOrder"];
  readonly violations: readonly LocatedViolation[];
  readonly inOrder: readonly LocatedViolation[];
}

const nothingOrdered: readonly Ordered[] = [];

function judgeSpec(spec: MeshAccessLogSpec, facts: SpecFacts): SpecJudgement {
  const panic = validatorPanic(spec, facts);
  if (panic !== undefined) return { panic, violations: noViolations, warnings: noViolations };
  const violations = checkSpec(spec, facts);
  return { violations, warnings: violations.length === 0 ? deprecations(spec, facts) : noViolations };
}

/** Kuma's orders; where its own is random, by field, then message. */
const orders: Readonly<
  Record<PolicyFacts["schemaOrder"], (violations: readonly LocatedViolation[]) => readonly LocatedViolation[]>
> = {
  random: (violations) =>
    violations.toSorted((a, b) => compareText(a.field, b.field) || compareText(a.message, b.message)),
  "by-text": (violations) => violations.toSorted((a, b) => compareText(whole(a), whole(b))),
};

function whole({ field, message }: LocatedViolation): string {
  return field === "" ? message : `${field} ${message}`;
}
