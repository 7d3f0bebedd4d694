import type { Conf, Match, Policy, Rule, TargetRef, ToItem } from "../validate/policy.ts";
import { fieldOf, type Path } from "../validate/violation.ts";

/** An item of `to`, `from` or `rules`, and the way to it; `path` is the way as text. */
export type PolicyItem = { readonly at: Path; readonly path: string; readonly default: Conf } & Partial<
  Pick<ToItem, "targetRef">
> &
  Partial<Pick<Rule, "matches">>;

/** The items of a policy, in the order of its lists: `to`, `from`, `rules`. */
export function itemsOf({ spec: { to = [], from = [], rules = [] } }: Policy): readonly PolicyItem[] {
  return [
    ...to.map((item, i) => ({ ...wayTo("to", i), ...item })),
    ...from.map((item, i) => ({ ...wayTo("from", i), ...item })),
    ...rules.map((rule, i) => ({ ...wayTo("rules", i), ...rule })),
  ];
}

function wayTo(list: "to" | "from" | "rules", i: number): Pick<PolicyItem, "at" | "path"> {
  const at = ["spec", list, i];
  return { at, path: fieldOf(at) };
}

/** Where a conf comes from: a policy, and the index of its item in {@link itemsOf}. */
export interface ItemRef {
  readonly policy: Policy;
  readonly item: number;
}

/** An item with its conf. */
export interface ConfItem extends ItemRef {
  readonly conf: Conf;
}

/** An item of `to` or `from`. */
export interface TargetItem extends ConfItem {
  readonly targetRef: TargetRef;
}

/** An item of `rules`, or of `from` as a rule that matches everything. */
export interface RuleItem extends ConfItem {
  readonly matches: readonly Match[];
}

/** The items of `to`: the same objects whenever they are asked for. */
export function toItems(policy: Policy): readonly TargetItem[] {
  return once(knownToItems, policy, () => targetItems(policy, policy.spec.to, 0));
}

const knownToItems = new WeakMap<Policy, readonly TargetItem[]>();

/** The items of `from`. */
export function fromItems(policy: Policy): readonly TargetItem[] {
  return targetItems(policy, policy.spec.from, policy.spec.to?.length ?? 0);
}

/** The items of `rules`; where there are none, those of `from`. */
export function ruleItems(policy: Policy): readonly RuleItem[] {
  return once(knownRuleItems, policy, () => readRuleItems(policy));
}

const knownRuleItems = new WeakMap<Policy, readonly RuleItem[]>();

function once<T>(known: WeakMap<Policy, T>, policy: Policy, make: () => T): T {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const made = make();
  known.set(policy, made);
  return made;
}

function readRuleItems(policy: Policy): readonly RuleItem[] {
  const { to = [], from = [], rules = [] } = policy.spec;
  if (rules.length === 0) return fromItems(policy).map((item) => ({ ...item, matches: [] }));
  return rules.map(({ matches = [], default: conf }, i) => ({
    policy,
    item: to.length + from.length + i,
    conf,
    matches,
  }));
}

function targetItems(policy: Policy, list: readonly ToItem[] = [], first: number): readonly TargetItem[] {
  return list.map(({ targetRef, default: conf }, i) => ({ policy, item: first + i, conf, targetRef }));
}
