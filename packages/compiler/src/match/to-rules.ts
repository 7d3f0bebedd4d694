import type { Conf, ToItem } from "../validate/policy.ts";
import type { Origin } from "./inbound-rules.ts";
import type { Selection } from "./select.ts";

/** The conf for traffic to a service, and the items that it was merged from, weakest first. */
export interface ToRule {
  readonly conf: Conf;
  readonly origins: readonly Origin[];
}

/** The `to` items of the policies that select a proxy, by the service that they name. */
export interface ToRules {
  /** The rule for a `kuma.io/service`, or for traffic to none (`undefined`: passthrough, direct access). */
  for(service: string | undefined): ToRule | undefined;
}

/**
 * The rules for the traffic that a proxy sends, by `kuma.io/service`.
 *
 * Kuma partitions the space of tags; since a MeshAccessLog names at most one tag, what remains is: the conf of a
 * service is merged from all items on the Mesh and all that name it, in the order of the policies
 * (pkg/plugins/policies/core/rules/rules.go@v2.14.3, "short path"). A policy with an item on a MeshHTTPRoute adds none
 * of its items; items on MeshExternalService and MeshMultiZoneService select real resources only.
 *
 * @param selections lowest precedence first.
 */
export function toRules(selections: readonly Selection[]): ToRules {
  const items = selections.flatMap(({ policy }) => {
    const to = policy.spec.to ?? [];
    if (to.some((item) => item.targetRef.kind === "MeshHTTPRoute")) return [];
    return to.map((item, index) => ({ item, origin: { policy, list: "to", index } as const }));
  });
  const named = new Set(items.map(({ item }) => serviceOf(item)));
  const known = new Map<string | undefined, ToRule | undefined>();
  return {
    for(service) {
      const key = named.has(service) ? service : undefined;
      if (!known.has(key)) known.set(key, merge(items.filter(({ item }) => covers(item, key))));
      return known.get(key);
    },
  };
}

function covers(item: ToItem, service: string | undefined): boolean {
  return item.targetRef.kind === "Mesh" || (service !== undefined && serviceOf(item) === service);
}

function serviceOf({ targetRef }: ToItem): string | undefined {
  return targetRef.kind === "MeshService" ? (targetRef.name ?? "") : undefined;
}

/** JSON Merge Patch over the confs: `backends` is replaced as a whole by the last conf that has it. */
function merge(items: readonly { readonly item: ToItem; readonly origin: Origin }[]): ToRule | undefined {
  if (items.length === 0) return undefined;
  const last = items.findLast(({ item }) => item.default.backends !== undefined);
  return { conf: last?.item.default ?? {}, origins: items.map(({ origin }) => origin) };
}
