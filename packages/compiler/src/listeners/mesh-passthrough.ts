import { fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";
import { filterFor, type NetworkFilter } from "./listener.ts";

/** What the MeshPassthroughs that select a proxy make of its passthrough listeners. */
export interface MeshPassthrough {
  readonly filtersOf: (family: "ipv4" | "ipv6") => readonly NetworkFilter[];
}

const plain: readonly NetworkFilter[] = ["envoy.filters.network.tcp_proxy"];

/**
 * The last policy with a mode decides it, and the matches of all count. In mode `Matched` a listener with a match of its family, domains count
 * for both, has a chain for each; any other keeps its TCP proxy
 * (pkg/plugins/policies/meshpassthrough/plugin/xds/configurer.go:66@v2.14.3).
 *
 * @param policies lowest precedence first.
 */
export function meshPassthrough(policies: readonly Resource[]): MeshPassthrough {
  const confs = policies.flatMap(({ spec }) => fields(spec).map("default") ?? []);
  const mode = confs.map((conf) => conf.string("passthroughMode")).findLast((one) => one !== undefined) ?? "Matched";
  const matches = confs.flatMap((conf) => conf.maps("appendMatch"));
  return {
    filtersOf(family) {
      if (mode !== "Matched") return plain;
      const filters = matches
        .filter((match) => fits(match.string("type") ?? "", match.string("value") ?? "", family))
        .map((match) => filterFor((match.string("protocol") ?? "tcp").toLowerCase()));
      return filters.length === 0 ? plain : [...new Set(filters)];
    },
  };
}

function fits(type: string, value: string, family: "ipv4" | "ipv6"): boolean {
  if (type !== "IP" && type !== "CIDR") return true;
  return value.includes(":") === (family === "ipv6");
}
