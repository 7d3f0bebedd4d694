import type { Profile } from "../kuma/profile.ts";
import { fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";
import { filterFor, isHttp, type NetworkFilter } from "./listener.ts";

/** What the MeshPassthroughs that select a proxy make of its passthrough listeners. */
export interface MeshPassthrough {
  readonly filtersOf: (family: "ipv4" | "ipv6") => readonly NetworkFilter[];
}

const plain: readonly NetworkFilter[] = ["envoy.filters.network.tcp_proxy"];

/**
 * The last policy with a mode decides it, and the matches of all count. In mode `Matched` a listener with a match of its
 * family, domains count for both, has a chain for each; any other keeps its TCP proxy, but in 2.8 it has no chain then. That
 * line puts HTTP on both listeners, whatever the family (pkg/plugins/policies/meshpassthrough/plugin/xds/configurer.go:66@v2.14.3,
 * listeners_filter_chain.go@2.8.8).
 *
 * @param policies lowest precedence first.
 */
export function meshPassthrough(policies: readonly Resource[], { passthroughMatches }: Profile): MeshPassthrough {
  const confs = policies.flatMap(({ spec }) => fields(spec).map("default") ?? []);
  const mode = confs.map((conf) => conf.string("passthroughMode")).findLast((one) => one !== undefined) ?? "Matched";
  const matches = confs
    .flatMap((conf) => conf.maps("appendMatch"))
    .map((match) => ({
      type: match.string("type") ?? "",
      value: match.string("value") ?? "",
      protocol: (match.string("protocol") ?? "tcp").toLowerCase(),
    }));
  const isBoth = passthroughMatches === "both-listeners";
  return {
    filtersOf(family) {
      if (mode !== "Matched" || matches.length === 0) return plain;
      const filters = matches
        .filter(({ type, value, protocol }) => (isBoth && isHttp(protocol)) || fits(type, value, family))
        .map(({ protocol }) => filterFor(protocol));
      return filters.length === 0 && !isBoth ? plain : [...new Set(filters)];
    },
  };
}

function fits(type: string, value: string, family: "ipv4" | "ipv6"): boolean {
  if (type !== "IP" && type !== "CIDR") return true;
  return value.includes(":") === (family === "ipv6");
}
