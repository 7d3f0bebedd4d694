import { readDataplane } from "../../source/dataplane.ts";
import { locate } from "../locate.ts";
import { type MeshLint, sayOf } from "./lint.ts";

/**
 * Inbounds on one address and port: their listener gets the entries of each (kuma#16374; from 2.14 on of each that the
 * policy selects: pkg/plugins/policies/core/rules/inbound/inboundrules.go:113@v2.14.3).
 */
export const sharedInbounds: MeshLint = function* ({ logsInbound, resources, members }) {
  const dataplanes = resources.get("Dataplane") ?? [];
  if (dataplanes.length === 0 || !logsInbound()) return;
  for (const resource of dataplanes) {
    const seen = new Set<string>();
    for (const [i, { address, port }] of (readDataplane(resource).value?.inbounds ?? []).entries()) {
      const key = `${address} ${port}`;
      if (seen.has(key)) {
        const at = [...(resource.shape === "universal" ? [] : ["spec"]), "networking", "inbound", i];
        yield sayOf(resource, members)("lint/shared-inbound", locate(resource.node, at), { port }, { at });
      }
      seen.add(key);
    }
  }
};
