import type { Conf } from "../validate/policy.ts";
import type { ConfItem, ItemRef } from "./policy-items.ts";

/** A conf that holds for some traffic, and why. */
export interface EffectiveConf {
  /** The object of the item that decides: the key of its templates. */
  readonly conf: Conf;
  readonly from: ItemRef;
  /** The items that hold for the same traffic and count for nothing, weakest first. */
  readonly overridden: readonly ItemRef[];
}

/**
 * Merges confs as Kuma does, by JSON Merge Patch: `backends` is a list, so the last conf that has it replaces those
 * before, and one without it changes nothing (pkg/plugins/policies/core/rules/merge/merge.go:63@v2.14.3). A conf that is
 * nothing but `backends` is thereby the conf of one item.
 *
 * @param items weakest first.
 * @returns `undefined` for no items.
 */
export function mergeConfs(items: readonly ConfItem[]): EffectiveConf | undefined {
  const decides = items.findLastIndex(({ conf }) => conf.backends !== undefined);
  const chosen = items[decides === -1 ? items.length - 1 : decides];
  if (chosen === undefined) return undefined;
  const { policy, item, conf } = chosen;
  return {
    conf,
    from: { policy, item },
    overridden: items.filter((other) => other !== chosen).map(({ policy, item }) => ({ policy, item })),
  };
}
