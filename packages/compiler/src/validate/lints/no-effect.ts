import type { Profile } from "../../kuma/profile.ts";
import { child, textAt } from "../format-places.ts";
import type { PolicyLint } from "./lint.ts";

const hasGatewayRoutes = (facts: Profile): boolean => facts.hasGatewayRoutes;
const isIndependent = ({ inboundRules }: Profile): boolean => inboundRules === "independent";

/** Policies and items that do nothing. */
export const noEffect: PolicyLint = function* ({ spec, items, members, say }) {
  const top = child({ node: spec, at: ["spec"] }, "targetRef");
  const kind = top && textAt(top, "kind");
  const withGatewayRoutes = members.whereKnown(hasGatewayRoutes);
  if (kind?.node.text === "MeshGatewayRoute" && withGatewayRoutes.length > 0) {
    yield say("lint/selects-nothing", kind.node, { kind: kind.node.text }, { affects: withGatewayRoutes, at: kind.at });
  }
  const independent = members.whereKnown(isIndependent);
  if (independent.length === 0) return;
  for (const item of items) {
    const { list, node, backends } = item;
    if (list === "to" || backends?.length !== 0) continue;
    const affects = members.where(
      ({ inboundRules, itemLists }) => inboundRules === "independent" && itemLists.includes(list),
    );
    const conf = node.get("default");
    const entry = conf?.kind === "map" ? conf.entry("backends") : undefined;
    if (entry === undefined || affects.length === 0) continue;
    yield say("lint/cancels-nothing", entry.key, {}, { affects, at: [...item.at, "default", "backends"] });
  }
};
