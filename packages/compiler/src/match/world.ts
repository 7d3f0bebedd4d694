import type { Profile } from "../kuma/profile.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { compareAge } from "../source/age.ts";
import { type Dataplane, readDataplane } from "../source/dataplane.ts";
import { type Mesh, readMesh } from "../source/mesh.ts";
import { type MeshGateway, readMeshGateway } from "../source/mesh-gateway.ts";
import { type OpenTelemetryBackend, readOpenTelemetryBackend } from "../source/open-telemetry-backend.ts";
import { type RealResource, readRealResource } from "../source/real-resources.ts";
import type { Resource } from "../source/resources.ts";
import { readTrafficRoute, type TrafficRoute } from "../source/traffic-route.ts";
import { compareText } from "../validate/compare-text.ts";
import { locate } from "../validate/locate.ts";
import type { Policy } from "../validate/policy.ts";
import { readRoutePolicy, readSelectingPolicy, type RoutePolicy } from "./route-policies.ts";
import { indexPolicies, type PolicyIndex } from "./select.ts";
import type { SelectingPolicy } from "./selecting-policy.ts";

/** What a mesh holds, computed once for all its proxies. Lists are in the order of names, as Kuma lists resources. */
export interface MeshWorld {
  readonly name: string;
  /** Everything in it. */
  readonly resources: readonly Resource[];
  /** The Mesh itself; a mesh that only others name counts as an empty one. */
  readonly resource?: Resource;
  readonly mesh: Mesh;
  readonly policies: PolicyIndex<Policy>;
  readonly dataplanes: readonly Dataplane[];
  /** What is wrong with the resources that are left out. */
  readonly diagnostics: readonly Diagnostic[];
  readonly gateways: readonly MeshGateway[];
  readonly realResources: readonly RealResource[];
  readonly routes: readonly Resource[];
  readonly httpRoutes: PolicyIndex<RoutePolicy>;
  readonly tcpRoutes: PolicyIndex<RoutePolicy>;
  readonly gatewayRoutes: readonly Resource[];
  readonly trafficRoutes: readonly TrafficRoute[];
  readonly passthroughs: PolicyIndex<SelectingPolicy>;
  readonly externalServices: readonly Resource[];
  readonly identities: readonly Resource[];
  readonly hasZoneEgress: boolean;
  /** Oldest first. */
  readonly backends: readonly OpenTelemetryBackend[];
}

/** The meshes of a bundle, by name. */
export function worlds(
  store: ReadonlySet<Resource>,
  policies: readonly Policy[],
  profile: Profile,
): readonly MeshWorld[] {
  const byMesh = Map.groupBy(store, ({ kind, mesh, name }) => (kind === "Mesh" ? name : mesh));
  const policiesByMesh = Map.groupBy(policies, ({ resource }) => resource.mesh);
  const hasZoneEgress = [...store].some(({ kind }) => kind === "ZoneEgress");
  return [...byMesh]
    .filter(([name]) => name !== "")
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, resources]) => {
      const byKind = Map.groupBy(resources, ({ kind }) => kind);
      const ofKind = (kind: string): readonly Resource[] => inOrderOfNames(byKind.get(kind) ?? []);
      const [resource] = ofKind("Mesh");
      const dataplanes = ofKind("Dataplane").map(readDataplane);
      const routes = (kind: string): PolicyIndex<RoutePolicy> =>
        indexPolicies(ofKind(kind).map(readRoutePolicy), profile);
      return {
        name,
        resources,
        ...(resource === undefined ? {} : { resource }),
        mesh: readMesh(resource),
        policies: indexPolicies(
          (policiesByMesh.get(name) ?? []).toSorted((a, b) => compareText(a.resource.name, b.resource.name)),
          profile,
        ),
        dataplanes: dataplanes.flatMap(({ value }) => value ?? []),
        diagnostics: dataplanes.flatMap(({ diagnostics }) => diagnostics),
        gateways: ofKind("MeshGateway").map(readMeshGateway),
        realResources: ["MeshService", "MeshExternalService", "MeshMultiZoneService"].flatMap((kind) =>
          ofKind(kind).flatMap((one) => readRealResource(one) ?? []),
        ),
        routes: ofKind("MeshHTTPRoute"),
        httpRoutes: routes("MeshHTTPRoute"),
        tcpRoutes: routes("MeshTCPRoute"),
        gatewayRoutes: ofKind("MeshGatewayRoute"),
        trafficRoutes: ofKind("TrafficRoute").map(readTrafficRoute),
        passthroughs: indexPolicies(ofKind("MeshPassthrough").map(readSelectingPolicy), profile),
        externalServices: ofKind("ExternalService"),
        identities: ofKind("MeshIdentity"),
        hasZoneEgress,
        backends: ofKind("MeshOpenTelemetryBackend").toSorted(compareAge).map(readOpenTelemetryBackend),
      };
    });
}

/** What a control plane's store would hold: a kind, mesh and name once, the first that the bundle has. */
export function storeOf(resources: readonly Resource[]): ReadonlySet<Resource> {
  const byIdentity = Map.groupBy(resources, ({ kind, mesh, name }) => JSON.stringify([kind, mesh, name]));
  return new Set([...byIdentity.values()].flatMap(([first]) => first ?? []));
}

function inOrderOfNames(resources: readonly Resource[]): readonly Resource[] {
  return resources.toSorted((a, b) => compareText(a.name, b.name));
}

/** A mesh that resources name and the bundle does not hold: said once, at the first that names it. */
export function absentMeshes(meshes: readonly MeshWorld[]): readonly Diagnostic[] {
  return meshes.flatMap(({ name, resource, resources: [first] }) =>
    resource !== undefined || first === undefined
      ? []
      : [report("lint/absent-mesh", { file: first.file, ...locate(first.node, ["mesh"]) }, { mesh: name })],
  );
}
