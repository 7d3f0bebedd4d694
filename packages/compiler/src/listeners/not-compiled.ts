import type { Diagnostic } from "../diagnostics.ts";
import type { MeshWorld } from "../match/world.ts";
import { report } from "../messages.ts";
import { identityOf } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import { locate } from "../validate/locate.ts";
import type { Path } from "../validate/violation.ts";
import type { Policy } from "../validate/policy.ts";

/** What of a mesh Kuma would configure and meshlog does not: said once for each resource, so that nothing is lost in silence. */
export function notCompiled(
  { mesh, dataplanes, resources }: MeshWorld,
  policies: readonly Policy[],
): readonly Diagnostic[] {
  const say = (resource: Resource, at: Path, what: string): Diagnostic =>
    report(
      "lint/not-compiled",
      { file: resource.file, ...locate(resource.node, at) },
      { what },
      { resource: identityOf(resource) },
    );
  return [
    ...dataplanes.flatMap(({ resource, gateway, outbounds, transparentProxying, hasListeners }) => [
      ...(gateway === undefined ? [] : [say(resource, networking(resource, "gateway"), "the listeners of a gateway")]),
      ...(hasListeners ? [say(resource, networking(resource, "listeners"), "zone-proxy listeners")] : []),
      ...(outbounds.some(({ hasBackendRef }) => hasBackendRef)
        ? [say(resource, networking(resource, "outbound"), "outbounds to real resources (`backendRef`)")]
        : []),
      ...((transparentProxying?.directAccessServices.length ?? 0) > 0
        ? [say(resource, networking(resource, "transparentProxying"), "direct-access listeners")]
        : []),
    ]),
    ...resources.flatMap((resource) => {
      const what = ignoredKinds[resource.kind];
      return what === undefined ? [] : [say(resource, [], what)];
    }),
    ...policies
      .filter(({ resource }) => resource.mesh === mesh)
      .flatMap(({ resource, spec: { targetRef, to = [] } }) => [
        ...(targetRef?.kind === "MeshGateway"
          ? [say(resource, ["spec", "targetRef", "kind"], "policies on a MeshGateway")]
          : []),
        ...to.flatMap((item, i) =>
          realResourceKinds.includes(item.targetRef.kind) || Object.keys(item.targetRef.labels ?? {}).length > 0
            ? [say(resource, ["spec", "to", i, "targetRef", "kind"], "logs of traffic to a real resource")]
            : [],
        ),
      ]),
  ];
}

/** What a resource does to listeners that are left out, or to the filter of one that is not. */
const ignoredKinds: Readonly<Record<string, string>> = {
  MeshGateway: "the listeners of a MeshGateway",
  MeshService: "the listeners of a MeshService",
  MeshExternalService: "the listeners of a MeshExternalService",
  MeshMultiZoneService: "the listeners of a MeshMultiZoneService",
  MeshHTTPRoute: "what a MeshHTTPRoute changes in a listener",
  MeshTCPRoute: "what a MeshTCPRoute changes in a listener",
};

const realResourceKinds: readonly string[] = ["MeshExternalService", "MeshMultiZoneService", "MeshHTTPRoute"];

/** The path of a field of `networking`, which is at the root on Universal. */
function networking({ shape }: Resource, field: string): Path {
  return shape === "universal" ? ["networking", field] : ["spec", "networking", field];
}
