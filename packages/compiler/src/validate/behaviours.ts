import { defaultTarget, type KumaRelease, type Target } from "@meshlog/parser";
import { oldestLabels } from "../kuma/label-facts.ts";
import { oldestPolicyFacts, type PolicyFacts } from "../kuma/policy-facts.ts";
import { profile } from "../kuma/profile.ts";
import type { LabelCheckFacts } from "./check-labels.ts";
import { type MeshAccessLogSchema, meshAccessLogSchema } from "./mesh-access-log-schema.ts";
import { type SpecFacts, specFacts } from "./spec-facts.ts";

/**
 * Members of a target that judge every policy alike. What behaviours have in common, of schemas and facts, is one object.
 */
export interface Behaviour {
  readonly facts: PolicyFacts;
  readonly schema: MeshAccessLogSchema;
  readonly ofSpec: SpecFacts;
  readonly ofLabels: LabelCheckFacts;
  /** The names of the members, oldest first, each once. */
  readonly members: readonly string[];
}

/** What releases are told apart by, beside the spec. */
type Beside = "labels" | "no-labels";

const known: Readonly<Record<Beside, WeakMap<Target, readonly Behaviour[]>>> = {
  labels: new WeakMap(),
  "no-labels": new WeakMap(),
};

/**
 * The distinct behaviours of a target's members, oldest first: releases that differ in nothing that policies are judged
 * by are one. A member without a Kuma judges policies as the newest stable one does.
 *
 * @param beside whether what is made of labels and namespaces makes a difference.
 */
export function behaviours(target: Target, beside: Beside): readonly Behaviour[] {
  const found = known[beside].get(target) ?? distinct(target, beside);
  known[beside].set(target, found);
  return found;
}

function distinct({ members }: Target, beside: Beside): readonly Behaviour[] {
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
  return [...byFacts.values()].map(({ kuma, names }) => {
    const facts = policyFacts(kuma);
    const { labelChecks, labelSyntax } = facts;
    const { universal, kubernetes, decoded, meta } = meshAccessLogSchema(facts);
    return {
      facts,
      schema: {
        universal: shared(universal),
        kubernetes: shared(kubernetes),
        decoded: shared(decoded),
        meta: shared(meta),
      },
      ofSpec: shared(specFacts(facts)),
      ofLabels: shared({ labelChecks, labelSyntax }),
      members: [...names],
    };
  });
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
