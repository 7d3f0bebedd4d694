import type { LiveListener } from "./live-listener.ts";

/** Whether a listener is that of an outbound, by its name. */
export function isOutbound({ name }: LiveListener): boolean {
  return (name.startsWith("outbound:") && !name.startsWith("outbound:passthrough:")) || name.startsWith("kri_");
}

/** Whether a listener is that of an inbound, by its name (pkg/xds/envoy/names@v2.14.3). */
export function isInbound({ name }: LiveListener): boolean {
  return (
    (name.startsWith("inbound:") && !name.startsWith("inbound:passthrough:")) || name.startsWith("self_inbound_dp_")
  );
}

/**
 * What an outbound leads to: a `kuma.io/service`, or the identifier of a real resource with its section. Kuma says it in
 * more or fewer places from release to release: in the listener's tags (real resources since 2.14.2), as the name of its
 * routes, or as its cluster. The surest come first; none for what is no outbound.
 */
export function destinationsOf(listener: LiveListener): readonly string[] {
  if (!isOutbound(listener)) return [];
  const { name, tags, filters } = listener;
  const found = [
    name.startsWith("kri_") ? name : undefined,
    tags["kuma.io/unified-name"],
    tags["kuma.io/service"],
    ...filters.map(({ routes }) => ofRoutes(routes?.name ?? "")),
    ...filters.map(({ cluster }) => ofCluster(cluster ?? "")),
  ];
  return [...new Set(found.filter((one) => one !== undefined))];
}

/** `outbound:backend` or, of a real resource, its cluster instead of `backend`; or an identifier. */
function ofRoutes(name: string): string | undefined {
  const start = "outbound:";
  if (!name.startsWith(start)) return name.startsWith("kri_") ? name : undefined;
  const destination = name.slice(start.length);
  return ofCluster(destination) ?? destination;
}

/** `mesh_name_namespace_zone_msvc_80`, or an identifier. */
function ofCluster(name: string): string | undefined {
  if (name.startsWith("kri_")) return name;
  const [mesh, resource, namespace, zone, kind, port, another] = name.split("_");
  if (port === undefined || another !== undefined || !["msvc", "extsvc", "mzsvc"].includes(kind ?? ""))
    return undefined;
  return `kri_${kind ?? ""}_${mesh ?? ""}_${zone ?? ""}_${namespace ?? ""}_${resource ?? ""}_${port}`;
}
