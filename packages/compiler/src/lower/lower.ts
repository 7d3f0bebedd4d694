import type { Profile } from "../kuma/profile.ts";
import type { Conf, Policy } from "../validate/policy.ts";
import { type Templates, templates } from "./template.ts";

/** The templates of every conf; the key is the conf of an item of a policy. */
export type LoweredConfs = ReadonlyMap<Conf, Templates>;

/** The items of a policy, in the order of its lists. */
export function itemsOf({ spec: { to = [], from = [], rules = [] } }: Policy): readonly PolicyItem[] {
  return [
    ...to.map((item, i) => ({ path: `spec.to[${i}]`, ...item })),
    ...from.map((item, i) => ({ path: `spec.from[${i}]`, ...item })),
    ...rules.map((rule, i) => ({ path: `spec.rules[${i}]`, ...rule })),
  ];
}

/** An item of `to`, `from` or `rules`. */
export type PolicyItem = { readonly path: string } & Partial<NonNullable<Policy["spec"]["to"]>[number]> &
  Partial<NonNullable<Policy["spec"]["rules"]>[number]> & { readonly default: Conf };

/** Turns every conf into templates, once: all proxies share them. */
export function lower(policies: readonly Policy[], profile: Profile): LoweredConfs {
  return new Map(policies.flatMap(itemsOf).map(({ default: conf }) => [conf, templates(conf, profile)]));
}
