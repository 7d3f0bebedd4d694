import type { Profile } from "../kuma/profile.ts";
import { type ListenerKey, listenerKey } from "../match/select.ts";
import type { Dataplane, MetricsConf } from "../source/dataplane.ts";
import type { Mesh } from "../source/mesh.ts";
import type { Listener, ProxyListeners } from "./listener.ts";
import type { OwnNames } from "./own-names.ts";
import { passthroughRules } from "./passthrough.ts";
import type { ProxyOutbound } from "./proxy-outbounds.ts";
import { isTransparent } from "./transparent.ts";

/** Where Prometheus finds the metrics of a Dataplane unless the Mesh says otherwise (pkg/core/resources/apis/mesh/mesh_defaulter.go:51@v2.14.3). */
const defaultMetrics: Required<MetricsConf> = { port: 5670, tags: { "kuma.io/service": "dataplane-metrics" } };

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
  if (services.length === 0 || !hasDirectAccess(dataplane, profile)) return { listeners: [], loggings: [] };
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

/** `directAccessServices` count only where traffic is redirected (pkg/xds/generator/direct_access_proxy_generator.go@2.10.0, @v2.11.18). */
function hasDirectAccess(dataplane: Dataplane, profile: Profile): boolean {
  if (profile.directAccess !== "both-ports") return isTransparent(dataplane, profile);
  const { redirectPortInbound = 0, redirectPortOutbound = 0 } = dataplane.transparentProxying ?? {};
  return redirectPortInbound !== 0 && redirectPortOutbound !== 0;
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
  { address, inbounds, metrics: own }: Dataplane,
  services: ReadonlySet<string>,
  { metrics: ofMesh }: Mesh,
  { directAccess }: Profile,
): readonly Endpoint[] {
  if (directAccess === "without-tags") return services.has("*") ? inbounds : [];
  // Prometheus has an inbound of its own (AdditionalInbounds, pkg/core/managers/apis/dataplane@v2.11.18).
  const metrics = ofMesh && {
    address,
    port: own?.port ?? ofMesh.port ?? defaultMetrics.port,
    tags: { ...(ofMesh.tags ?? defaultMetrics.tags), ...own?.tags },
  };
  return [...inbounds, ...(metrics === undefined ? [] : [metrics])].filter(
    ({ tags }) => services.has("*") || services.has(tags["kuma.io/service"] ?? ""),
  );
}
