import type { Profile } from "../kuma/profile.ts";
import type { Dataplane } from "../source/dataplane.ts";

/**
 * Whether all traffic of a proxy is redirected to it, so that it has outbounds to everything; from 2.11 on IPv4 alone needs
 * an IPv4 address (pkg/transparentproxy/config/dataplane/config_dataplane.go:88@v2.14.3).
 */
export function isTransparent({ transparentProxying, address }: Dataplane, { transparency }: Profile): boolean {
  if (transparentProxying === undefined) return false;
  switch (transparency) {
    case "configured":
      return true;
    case "redirected": {
      const { redirectPortInbound, redirectPortOutbound, ipFamilyMode } = transparentProxying;
      const isRedirected = redirectPortInbound !== 0 || redirectPortOutbound !== 0;
      return isRedirected && !(ipFamilyMode === "IPv4" && address.includes(":"));
    }
  }
}
