import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, TransparentProxying } from "../source/dataplane.ts";
import type { Listener, LoggingRules, NetworkFilter, ProxyListeners } from "./listener.ts";
import type { OwnNames } from "./own-names.ts";

type Family = "ipv4" | "ipv6";

/** The service that stands for everything outside the mesh. */
const passthroughService = "pass_through";

/** Which rules log traffic to no service of the mesh. */
export function passthroughRules({ passthroughRules: by }: Profile): LoggingRules {
  return by === "mesh" ? { kind: "mesh" } : { kind: "service", service: passthroughService };
}

/**
 * The listeners of traffic that a transparent proxy passes through. They exist whether or not the Mesh lets it pass: what
 * is refused is logged too (pkg/xds/generator/transparent_proxy_generator.go:46@v2.14.3).
 *
 * @param filtersOf what MeshPassthrough makes of the chains of a family.
 */
export function passthroughListeners(
  { transparentProxying }: Dataplane,
  names: OwnNames,
  hasUnifiedNames: boolean,
  filtersOf: (family: Family) => readonly NetworkFilter[],
  profile: Profile,
): ProxyListeners {
  if (transparentProxying === undefined || transparentProxying.redirectPortOutbound === 0) {
    return { listeners: [], loggings: [] };
  }
  const families: readonly Family[] = hasIpv6(transparentProxying, profile) ? ["ipv4", "ipv6"] : ["ipv4"];
  const listeners = families.map((family): Listener => ({
    name: hasUnifiedNames ? `self_transparentproxy_passthrough_outbound_${family}` : `outbound:passthrough:${family}`,
    resource: family,
    context: "passthrough",
    direction: "OUTBOUND",
    protocol: "tcp",
    filters: filtersOf(family),
  }));
  return {
    listeners,
    loggings: listeners.map((listener) => ({
      listener,
      direction: "OUTBOUND",
      protocol: "tcp",
      sourceService: names.proxy,
      destinationService: "external",
      rules: passthroughRules(profile),
    })),
  };
}

function hasIpv6({ ipFamilyMode, redirectPortInboundV6 }: TransparentProxying, { passthroughIpv6 }: Profile): boolean {
  switch (passthroughIpv6) {
    case "by-port":
      return redirectPortInboundV6 !== 0;
    case "by-family-or-port":
      return ipFamilyMode === undefined ? redirectPortInboundV6 !== 0 : ipFamilyMode !== "IPv4";
    case "unless-ipv4":
      return ipFamilyMode !== "IPv4";
  }
}
