import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { locate } from "../validate/locate.ts";
import type { Resource } from "../source/resources.ts";
import type { Policy } from "../validate/policy.ts";
import { readDataplane, type Dataplane } from "../source/dataplane.ts";
import { type OpenTelemetryBackend, readOpenTelemetryBackend } from "../source/open-telemetry-backend.ts";
import { compareText as compareTexts } from "../validate/compare-text.ts";
import { indexPolicies, type PolicyIndex } from "./select.ts";

/** What a mesh holds, computed once for all its proxies. */
export interface MeshWorld {
  readonly mesh: string;
  /** Everything in it. */
  readonly resources: readonly Resource[];
  /** The Mesh itself; a mesh that only others name counts as an empty one. */
  readonly resource?: Resource;
  readonly policies: PolicyIndex;
  readonly dataplanes: readonly Dataplane[];
  /** What is wrong with the resources that are left out. */
  readonly diagnostics: readonly Diagnostic[];
  readonly externalServices: readonly Resource[];
  /** Oldest first. */
  readonly backends: readonly OpenTelemetryBackend[];
}

/** The meshes of a bundle, by name. */
export function worlds(store: ReadonlySet<Resource>, policies: readonly Policy[]): readonly MeshWorld[] {
  const byMesh = Map.groupBy(store, ({ kind, mesh, name }) => (kind === "Mesh" ? name : mesh));
  const policiesByMesh = Map.groupBy(policies, ({ resource }) => resource.mesh);
  return [...byMesh]
    .filter(([mesh]) => mesh !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([mesh, members]) => {
      const ofKind = (kind: string): readonly Resource[] => members.filter((member) => member.kind === kind);
      const resource = ofKind("Mesh")[0];
      const dataplanes = byName(ofKind("Dataplane")).map(readDataplane);
      return {
        mesh,
        resources: members,
        ...(resource === undefined ? {} : { resource }),
        policies: indexPolicies(inStoreOrder(policiesByMesh.get(mesh) ?? [])),
        dataplanes: dataplanes.flatMap(({ value }) => value ?? []),
        diagnostics: dataplanes.flatMap(({ diagnostics }) => diagnostics),
        externalServices: ofKind("ExternalService"),
        backends: byAge(ofKind("MeshOpenTelemetryBackend")).map(readOpenTelemetryBackend),
      };
    });
}

/** What a control plane's store would hold: a kind, mesh and name once, the first that the bundle has. */
export function storeOf(resources: readonly Resource[]): ReadonlySet<Resource> {
  const byIdentity = Map.groupBy(resources, ({ kind, mesh, name }) => JSON.stringify([kind, mesh, name]));
  return new Set([...byIdentity.values()].flatMap(([first]) => first ?? []));
}

/** As Kuma lists resources. */
function byName(resources: readonly Resource[]): readonly Resource[] {
  return resources.toSorted((a, b) => compareTexts(a.name, b.name));
}

function inStoreOrder(policies: readonly Policy[]): readonly Policy[] {
  return policies.toSorted((a, b) => compareTexts(a.resource.name, b.resource.name));
}

function byAge(resources: readonly Resource[]): readonly Resource[] {
  return byName(resources).toSorted((a, b) => compareTexts(a.creationTime ?? "", b.creationTime ?? ""));
}

/** A mesh that resources name and the bundle does not hold: said once, at the first that names it. */
export function absentMeshes(meshes: readonly MeshWorld[]): readonly Diagnostic[] {
  return meshes.flatMap(({ mesh, resource, resources: [first] }) =>
    resource !== undefined || first === undefined
      ? []
      : [report("lint/absent-mesh", { file: first.file, ...locate(first.node, ["mesh"]) }, { mesh })],
  );
}
