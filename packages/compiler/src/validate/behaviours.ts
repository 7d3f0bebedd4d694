import { defaultTarget, type KumaRelease, type Target } from "@meshlog/parser";
import { oldestLabels } from "../kuma/label-facts.ts";
import { oldestPolicyFacts, type PolicyFacts } from "../kuma/policy-facts.ts";
import { profile } from "../kuma/profile.ts";
import type { LabelCheckFacts } from "./check-labels.ts";
import { PolicySchemas } from "./policy-schemas.ts";
import { type SpecFacts, specFacts } from "./spec-facts.ts";

/**
 * Members of a target that judge every policy alike. What behaviours have in common, of schemas and facts, is one object.
 */
export interface Behaviour {
  readonly facts: PolicyFacts;
  /** Which of the schemas of its target is its own. */
  readonly index: number;
  readonly ofSpec: SpecFacts;
  readonly ofLabels: LabelCheckFacts;
  /** The names of the members, oldest first, each once. */
  readonly members: readonly string[];
}

/** The distinct behaviours of a target's members. */
export interface Behaviours {
  /** Oldest first. */
  readonly list: readonly Behaviour[];
  /** The schemas of all of them. */
  readonly schemas: PolicySchemas;
}

/** What releases are told apart by, beside the spec. */
type Beside = "labels" | "no-labels";

const known: Readonly<Record<Beside, WeakMap<Target, Behaviours>>> = {
  labels: new WeakMap(),
  "no-labels": new WeakMap(),
};

/**
 * The distinct behaviours of a target's members: releases that differ in nothing that policies are judged
 * by are one. A member without a Kuma judges policies as the newest stable one does.
 *
 * @param beside whether what is made of labels and namespaces makes a difference.
 */
export function behaviours(target: Target, beside: Beside): Behaviours {
  const found = known[beside].get(target) ?? distinct(target, beside);
  known[beside].set(target, found);
  return found;
}

function distinct({ members }: Target, beside: Beside): Behaviours {
  const byFacts = new Map<string, { readonly kuma: KumaRelease; readonly names: Set<string> }>();
  for (const { name, kuma = newestKuma } of members) {
    const facts = policyFacts(kuma);
    const key = JSON.stringify(beside === "labels" ? facts : { ...facts, ...oldestLabels });
    const group = byFacts.get(key) ?? { kuma, names: new Set() };
    group.names.add(name);
    byFacts.set(key, group);
  }
  const known = new Map<string, unknown>();
  const shared = <T>(value: T): T => {
    const key = JSON.stringify(value);
    const before = known.get(key) ?? value;
    known.set(key, before);
    return before as T;
  };
  const groups = Array.from(byFacts.values(), ({ kuma, names }) => ({ facts: policyFacts(kuma), names }));
  const schemas = new PolicySchemas(groups.map(({ facts }) => facts));
  const list = groups.map(({ facts, names }, index) => {
    const { labelChecks, labelSyntax } = facts;
    return {
      facts,
      index,
      ofSpec: shared(specFacts(facts)),
      ofLabels: shared({ labelChecks, labelSyntax }),
      members: [...names],
    };
  });
  return { list, schemas };
}

const newestKuma = defaultTarget.members.at(-1)?.kuma ?? unreachable();

/** What a release judges policies by. */
export function policyFacts(kuma: KumaRelease): PolicyFacts {
  const all = profile(kuma);
  const names = Object.keys(oldestPolicyFacts) as (keyof PolicyFacts)[];
  return Object.fromEntries(names.map((name) => [name, all[name]])) as unknown as PolicyFacts;
}

function unreachable(): never {
  throw new Error("the default target is a Kuma");
}
