import type { Conf, Policy, Rule, ToItem } from "../validate/policy.ts";

/** An item of `to`, `from` or `rules`. */
export type PolicyItem = { readonly path: string; readonly default: Conf } & Partial<Pick<ToItem, "targetRef">> &
  Partial<Pick<Rule, "matches">>;

/** The items of a policy, in the order of its lists: `to`, `from`, `rules`. */
export function itemsOf({ spec: { to = [], from = [], rules = [] } }: Policy): readonly PolicyItem[] {
  return [
    ...to.map((item, i) => ({ path: `spec.to[${i}]`, ...item })),
    ...from.map((item, i) => ({ path: `spec.from[${i}]`, ...item })),
    ...rules.map((rule, i) => ({ path: `spec.rules[${i}]`, ...rule })),
  ];
}

/** Where a conf comes from: a policy, and the index of its item in {@link itemsOf}. */
export interface ItemRef {
  readonly policy: Policy;
  readonly item: number;
}
