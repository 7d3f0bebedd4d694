import type { Resource } from "./resources.ts";

/** The short names of the kinds that have an identifier, as far as meshlog needs them (pkg/core/resources/registry@v2.14.3). */
const shortNames: Readonly<Record<string, string>> = {
  Dataplane: "dp",
  Mesh: "m",
  MeshExternalService: "extsvc",
  MeshHTTPRoute: "mhttpr",
  MeshMultiZoneService: "mzsvc",
  MeshService: "msvc",
};

/**
 * Kuma's identifier of a resource: `kri_<kind>_<mesh>_<zone>_<namespace>_<display name>_<section>`. Parts that are not
 * known are empty; a resource of no mesh has no zone and namespace either (pkg/core/kri/kri.go@v2.14.3).
 *
 * @param section a port, an inbound or a rule of the resource; empty for all of it.
 */
export function kri(resource: Pick<Resource, "kind" | "mesh" | "labels" | "displayName">, section = ""): string {
  const { kind, mesh, labels, displayName } = resource;
  const zone = labels.get("kuma.io/zone") ?? "";
  const namespace = labels.get("k8s.kuma.io/namespace") ?? "";
  return `kri_${shortNames[kind] ?? ""}_${mesh}_${zone}_${namespace}_${displayName}_${section}`;
}
