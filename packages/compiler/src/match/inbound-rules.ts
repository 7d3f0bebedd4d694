import type { Profile } from "../kuma/profile.ts";
import type { Match, Policy } from "../validate/policy.ts";
import { type EffectiveConf, mergeConfs } from "./effective-conf.ts";
import { fromRules } from "./legacy-rules.ts";
import { compareForInbound } from "./order.ts";
import { type RuleItem, ruleItems } from "./policy-items.ts";

/** What logs the connections of an inbound: a conf, for those that meet the match (all, without one). */
export interface InboundRule extends EffectiveConf {
  readonly match?: Match;
}

/**
 * What logs the connections of an address and port, in the order in which Kuma emits the loggers.
 *
 * @param policies that select it, lowest precedence first; one stands there once for every inbound that it selects.
 */
export function inboundConfs(policies: readonly Policy[], profile: Profile): readonly InboundRule[] {
  // What is merged counts once.
  const distinct = [...new Set(policies)];
  switch (profile.inboundRules) {
    case "from-rules": {
      const conf = fromRules(distinct, profile).find({});
      return conf === undefined ? [] : [conf];
    }
    case "merged": {
      const conf = mergeConfs(inboundItems(distinct, profile));
      return conf === undefined ? [] : [conf];
    }
    case "independent":
      return inboundItems(policies, profile)
        .flatMap(rulesOf)
        .sort((a, b) => specificity(b.match) - specificity(a.match));
  }
}

/**
 * The items that hold for an inbound, weakest first: a policy's `rules`, or its `from` if it has none
 * (`getEntries`, pkg/plugins/policies/core/rules/inbound/inboundrules.go@v2.14.3).
 */
function inboundItems(policies: readonly Policy[], profile: Profile): readonly RuleItem[] {
  return policies.toSorted(compareForInbound(profile)).flatMap(ruleItems);
}

/** One rule for each match; they are independent, so none overrides another. */
function rulesOf({ policy, item, conf, matches }: RuleItem): readonly InboundRule[] {
  const rule = { conf, from: { policy, item }, overridden: [] };
  return matches.length === 0 ? [rule] : matches.map((match) => ({ ...rule, match }));
}

/** With a SPIFFE id before without; exact before prefix; then with SNI before without. (inbound/sort.go@v2.14.3) */
function specificity({ spiffeID, sni }: Match = {}): number {
  return (spiffeID === undefined ? 0 : spiffeID.type === "Exact" ? 4 : 2) + (sni === undefined ? 0 : 1);
}
