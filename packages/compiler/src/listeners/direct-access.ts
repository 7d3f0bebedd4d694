import type { Profile } from "../kuma/profile.ts";
import { type ListenerKey, listenerKey } from "../match/select.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { Mesh } from "../source/mesh.ts";
import type { Listener, ProxyListeners } from "./listener.ts";
import type { OwnNames } from "./own-names.ts";
import { passthroughRules } from "./passthrough.ts";
import type { ProxyOutbound } from "./proxy-outbounds.ts";
import { isTransparent } from "./transparent.ts";

/** An address and port of another Dataplane. */
interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * The listeners by which a transparent proxy reaches the instances of some services without going through a service
 * (pkg/xds/generator/direct_access_proxy_generator.go:97@v2.14.3).
 *
 * Kuma configures the logs of one of them only, which one is random; here it is the first by address and port.
 */
export function directAccessListeners(
  dataplane: Dataplane,
  all: readonly Dataplane[],
  outbounds: readonly ProxyOutbound[],
  mesh: Mesh,
  names: OwnNames,
  profile: Profile,
): ProxyListeners {
  const services = dataplane.transparentProxying?.directAccessServices ?? [];
  const isOff = profile.directAccess !== "transparent-or-not" && !isTransparent(dataplane, profile);
  if (services.length === 0 || isOff) return { listeners: [], loggings: [] };
  const taken = new Set<ListenerKey>(
    outbounds.flatMap(({ address, destination }) =>
      address === undefined || destination.kind !== "service" ? [] : [listenerKey(address.host, address.port)],
    ),
  );
  const others = all.filter((one) => one !== dataplane);
  const endpoints = new Map<ListenerKey, Endpoint>();
  for (const { address, port } of others.flatMap((one) => endpointsOf(one, new Set(services), mesh, profile))) {
    const key = listenerKey(address, port);
    if (!taken.has(key)) endpoints.set(key, { address, port });
  }
  const listeners = [...endpoints.values()]
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : a.port - b.port))
    .map(directAccessListener);
  return {
    listeners,
    loggings: listeners.slice(0, 1).map((listener) => ({
      listener,
      direction: "OUTBOUND",
      protocol: "tcp",
      sourceService: names.proxy,
      destinationService: listener.name ?? "",
      rules: passthroughRules(profile),
    })),
  };
}

/** IPv6 stands without brackets. */
function directAccessListener({ address, port }: Endpoint): Listener {
  return {
    name: `direct_access_${address}:${port}`,
    resource: `${address}:${port}`,
    context: "direct-access",
    direction: "OUTBOUND",
    protocol: "tcp",
    key: listenerKey(address, port),
    filters: ["envoy.filters.network.tcp_proxy"],
  };
}

function endpointsOf(
  { address, inbounds }: Dataplane,
  services: ReadonlySet<string>,
  { metricsPort }: Mesh,
  profile: Profile,
): readonly Endpoint[] {
  const all = services.has("*");
  const found = inbounds.filter(
    ({ tags }) => all || (profile.directAccess !== "without-tags" && services.has(tags["kuma.io/service"] ?? "")),
  );
  const metrics = all && metricsPort !== undefined && profile.directAccess !== "without-tags";
  return metrics ? [...found, { address, port: metricsPort }] : found;
}
