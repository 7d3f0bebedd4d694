/**
 * Whether a resource belongs to a zone: it was made in one, and carries its name or none, as those of Kuma 2.7 did
 * (IsLocalZoneResource, pkg/core/resources/model/resource.go:485@v2.14.3).
 */
export function isInZone(labels: ReadonlyMap<string, string>, zone: string): boolean {
  if (labels.get("kuma.io/origin") !== "zone") return false;
  const own = labels.get("kuma.io/zone");
  return own === undefined || own === zone;
}
