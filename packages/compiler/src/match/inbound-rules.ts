import type { Inbound } from "../source/dataplane.ts";
import type { Conf, Match } from "../validate/policy.ts";
import type { Selection } from "./select.ts";

/** What logs the connections of an inbound: a conf, for those that meet the match (all, without one). */
export interface InboundRule {
  readonly match?: Match;
  readonly conf: Conf;
  readonly origin: Origin;
}

/** The item of a policy that a conf comes from. */
export interface Origin {
  readonly policy: Selection["policy"];
  /** `rules`, `from` or `to`, and the index in it. */
  readonly list: "rules" | "from" | "to";
  readonly index: number;
}

/**
 * The rules of an address and port, in the order in which Kuma emits their loggers. They are independent: a connection
 * is logged by every rule that it meets, and nothing is merged (2.14+,
 * pkg/plugins/policies/core/rules/inbound/inboundrules.go:113@v2.14.3). A policy counts once for every inbound that it
 * selects there.
 *
 * @param selections lowest precedence first.
 */
export function inboundRules(selections: readonly Selection[], { address, port }: Inbound): readonly InboundRule[] {
  return selections
    .flatMap(({ policy, inbounds }) =>
      inbounds.filter((inbound) => inbound.address === address && inbound.port === port).flatMap(() => items(policy)),
    )
    .sort((a, b) => specificity(b.match) - specificity(a.match));
}

/** The rules of a policy, one for each match; without `rules`, its `from` as rules that match everything. */
function items(policy: Selection["policy"]): InboundRule[] {
  const { rules = [], from = [] } = policy.spec;
  if (rules.length > 0) {
    return rules.flatMap(({ matches = [], default: conf }, index) => {
      const origin = { policy, list: "rules", index } as const;
      return matches.length === 0 ? [{ conf, origin }] : matches.map((match) => ({ match, conf, origin }));
    });
  }
  return from.map(({ default: conf }, index) => ({ conf, origin: { policy, list: "from", index } }));
}

/** With a SPIFFE id before without; exact before prefix; then with SNI before without. (inbound/sort.go@v2.14.3) */
function specificity({ spiffeID, sni }: Match = {}): number {
  return (spiffeID === undefined ? 0 : spiffeID.type === "Exact" ? 4 : 2) + (sni === undefined ? 0 : 1);
}
