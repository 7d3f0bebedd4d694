import type { ItemList } from "../../kuma/policy-facts.ts";
import type { PolicyLint } from "./lint.ts";

/** Policies and items that do nothing. */
export const noEffect: PolicyLint = ({ members }) => {
  const withGatewayRoutes = members.where(({ hasGatewayRoutes }) => hasGatewayRoutes);
  const withIndependent = (list: ItemList): readonly string[] =>
    members.where(({ inboundRules, itemLists }) => inboundRules === "independent" && itemLists.includes(list));
  const independent = { to: [], from: withIndependent("from"), rules: withIndependent("rules") };
  return (policy) => {
    const { topKind } = policy;
    if (topKind?.node.text === "MeshGatewayRoute" && withGatewayRoutes.length > 0) {
      const { node, at } = topKind;
      policy.say("lint/selects-nothing", node, { kind: node.text }, { affects: withGatewayRoutes, at });
    }
    for (const item of policy.items) {
      const affects = independent[item.list];
      if (affects.length === 0 || item.backends?.length !== 0) continue;
      const conf = item.node.get("default");
      const entry = conf?.kind === "map" ? conf.entry("backends") : undefined;
      if (entry === undefined) continue;
      policy.say("lint/cancels-nothing", entry.key, {}, { affects, at: [...item.at, "default", "backends"] });
    }
  };
};
