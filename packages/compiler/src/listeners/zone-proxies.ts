import type { Profile } from "../kuma/profile.ts";
import { listenerKey } from "../match/select.ts";
import type { Dataplane, EmbeddedListener } from "../source/dataplane.ts";
import { type Fields, fields } from "../source/fields.ts";
import type { Mesh } from "../source/mesh.ts";
import type { RealResource } from "../source/real-resources.ts";
import type { Resource } from "../source/resources.ts";
import { filterFor, type NetworkFilter, type ProxyListeners } from "./listener.ts";
import { unknown } from "./own-names.ts";

/** What the zone proxies of a mesh depend on. */
export interface ZoneProxyWorld {
  readonly mesh: Mesh;
  readonly realResources: readonly RealResource[];
  readonly identities: readonly Resource[];
}

/**
 * The zone ingresses and egresses that a Dataplane embeds (pkg/xds/generator/zone_proxy_listener_generator.go:53@v2.14.3).
 */
export function zoneProxyListeners(dataplane: Dataplane, world: ZoneProxyWorld, profile: Profile): ProxyListeners {
  if (!hasZoneProxies(world.mesh, profile)) return { listeners: [], loggings: [] };
  const made = dataplane.listeners.flatMap((embedded) => {
    const filters = filtersOf(embedded, dataplane, world);
    if (filters.length === 0) return [];
    const { address, port, name } = embedded;
    const key = listenerKey(address, port);
    const section = name ?? String(port);
    const listener = {
      name: `self_${embedded.type.toLowerCase()}_dp_${section}`,
      resource: section,
      context: "zone-proxy",
      direction: "UNSPECIFIED",
      protocol: "tcp",
      key,
      filters,
    } as const;
    return { listener, key };
  });
  return {
    listeners: made.map(({ listener }) => listener),
    loggings: made.map(({ listener, key }) => ({
      listener,
      direction: "UNSPECIFIED",
      protocol: "tcp",
      sourceService: unknown,
      destinationService: unknown,
      rules: { kind: "inbound", key },
    })),
  };
}

function hasZoneProxies({ meshServices }: Mesh, { zoneProxies }: Profile): boolean {
  switch (zoneProxies) {
    case "none":
      return false;
    case "exclusive":
      return meshServices === "Exclusive";
    case "always":
      return true;
  }
}

/** An ingress leads to what the zone offers; an egress, of a proxy with an identity, to each MeshExternalService. */
function filtersOf(
  { type }: EmbeddedListener,
  dataplane: Dataplane,
  { realResources, identities }: ZoneProxyWorld,
): readonly NetworkFilter[] {
  switch (type) {
    case "ZoneIngress":
      return realResources.some((one) => one.ports.length > 0 && isOffered(one))
        ? ["envoy.filters.network.tcp_proxy"]
        : [];
    case "ZoneEgress": {
      if (!identities.some((identity) => isReady(identity) && selects(identity, dataplane))) return [];
      const external = realResources.filter(({ kind }) => kind === "MeshExternalService");
      return [
        ...new Set(external.flatMap(({ ports: [port] }) => (port === undefined ? [] : filterFor(port.protocol)))),
      ];
    }
    default:
      return [];
  }
}

function isOffered({ kind, resource: { labels } }: RealResource): boolean {
  if (kind === "MeshMultiZoneService") return true;
  return kind === "MeshService" && labels.get("kuma.io/origin") !== "global";
}

function isReady({ node }: Resource): boolean {
  const conditions = fields(node).map("status")?.maps("conditions") ?? [];
  return conditions.some((one) => one.string("type") === "Ready" && one.string("status") === "True");
}

function selects({ spec }: Resource, { resource: { labels } }: Dataplane): boolean {
  const selector: Fields | undefined = fields(spec).map("selector")?.map("dataplane");
  if (selector === undefined) return false;
  return Object.entries(selector.record("matchLabels")).every(([label, value]) => labels.get(label) === value);
}
