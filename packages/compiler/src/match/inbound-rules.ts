import type { Inbound } from "../source/dataplane.ts";
import type { Conf, Match, Policy } from "../validate/policy.ts";
import type { Selection } from "./select.ts";

/** What logs the connections of an inbound: a conf, for those that meet the match (all, without one). */
export interface InboundRule {
  readonly match?: Match;
  readonly conf: Conf;
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
function items({ spec: { rules = [], from = [] } }: Policy): InboundRule[] {
  if (rules.length === 0) return from.map(({ default: conf }) => ({ conf }));
  return rules.flatMap(({ matches = [], default: conf }) =>
    matches.length === 0 ? [{ conf }] : matches.map((match) => ({ match, conf })),
  );
}

/** With a SPIFFE id before without; exact before prefix; then with SNI before without. (inbound/sort.go@v2.14.3) */
function specificity({ spiffeID, sni }: Match = {}): number {
  return (spiffeID === undefined ? 0 : spiffeID.type === "Exact" ? 4 : 2) + (sni === undefined ? 0 : 1);
}
