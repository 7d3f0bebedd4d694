import type { Profile } from "../kuma/profile.ts";
import { listenerKey } from "../match/select.ts";
import type { Dataplane, EmbeddedListener } from "../source/dataplane.ts";
import { fields } from "../source/fields.ts";
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
      const identity = selectIdentity(identities, dataplane);
      if (identity === undefined || !isReady(identity)) return [];
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

/**
 * The MeshIdentity of a Dataplane, ready or not: of those that select it the one with the most labels, then the first by
 * name (BestMatched, pkg/core/resources/apis/meshidentity/api/v1alpha1/helpers.go:46@v2.14.3).
 *
 * @param identities in the order of their names.
 */
function selectIdentity(identities: readonly Resource[], dataplane: Dataplane): Resource | undefined {
  const matched = identities.flatMap((identity) => {
    const labels = selectedLabels(identity);
    return labels?.every(([label, value]) => dataplane.resource.labels.get(label) === value) === true
      ? [{ identity, labels: labels.length }]
      : [];
  });
  return matched.toSorted((a, b) => b.labels - a.labels)[0]?.identity;
}

function isReady({ node }: Resource): boolean {
  const conditions = fields(node).map("status")?.maps("conditions") ?? [];
  return conditions.some((one) => one.string("type") === "Ready" && one.string("status") === "True");
}

function selectedLabels({ spec }: Resource): readonly (readonly [label: string, value: string])[] | undefined {
  const selector = fields(spec).map("selector")?.map("dataplane");
  return selector && Object.entries(selector.record("matchLabels"));
}
