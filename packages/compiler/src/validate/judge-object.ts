import { goQuote } from "@meshlog/parser";
import type { PolicyFacts } from "../kuma/policy-facts.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { fields } from "../source/fields.ts";
import { countingEntries } from "../source/entries.ts";
import type { Resource } from "../source/resources.ts";
import { textOf } from "../source/tree.ts";
import { checkAdmission, checkNamespace } from "./check-admission.ts";
import { checkObjectLabels } from "./check-labels.ts";
import { checkMesh } from "./check-meta.ts";
import { defaultSystemNamespace, isApplied } from "./compute-labels.ts";
import type { MeshAccessLogSpec } from "./policy.ts";
import { joined, type LocatedViolation, noViolations, violation } from "./violation.ts";

/** What judges a policy beside its spec. */
export interface Surroundings {
  readonly facts: PolicyFacts;
  readonly controlPlane: ControlPlane;
}

/**
 * What the webhook says of an object of Kubernetes before it looks at the spec: the first check that finds something ends
 * it (webhooks/validation.go:66@v2.14.3). Labels are part of it only where they are computed.
 */
export function judgeObject(
  resource: Resource,
  spec: MeshAccessLogSpec,
  environment: Surroundings,
): readonly LocatedViolation[] {
  const { facts, controlPlane } = environment;
  const applied = isApplied(resource, controlPlane);
  let found = facts.policyNamespaces === "system" ? noViolations : checkNamespace(resource, environment);
  if (found.length === 0 && applied) found = checkAdmission(resource, environment);
  if (found.length === 0) found = checkMesh(resource.mesh, facts);
  if (found.length === 0 && applied) found = checkObjectLabels(resource, environment);
  if (found.length === 0) found = checkOwners(resource, facts);
  if (found.length === 0) found = checkServiceItems(resource, spec, environment);
  return found;
}

/** Whether anything is made of the labels of a resource, or of its namespace. */
export function hasLabels({ shape, node }: Resource, { federated = false }: ControlPlane): boolean {
  if (federated || shape === "kubernetes") return true;
  const labels = node.get("labels");
  return labels?.kind === "map" && countingEntries(labels).some(({ value }) => textOf(value) !== undefined);
}

/**
 * What is to be said of labels that count as stored: Kuma would refuse them if the resource were applied.
 *
 * @param ofLabels what the API server says of the labels of a Universal resource.
 */
export function labelFindings(
  resource: Resource,
  ofLabels: readonly LocatedViolation[],
  facts: PolicyFacts,
  controlPlane: ControlPlane,
): readonly LocatedViolation[] {
  if (isApplied(resource, controlPlane)) return noViolations;
  if (resource.shape === "universal") return ofLabels;
  const environment = { facts, controlPlane };
  return joined(checkAdmission(resource, environment), checkObjectLabels(resource, environment));
}

/** A Mesh that owns an object is the object's mesh (webhooks/validation.go, validateMeshOwnerReference@main). */
function checkOwners({ node, mesh }: Resource, { checksOwners }: PolicyFacts): readonly LocatedViolation[] {
  if (!checksOwners) return noViolations;
  const owners = fields(node).map("metadata")?.maps("ownerReferences") ?? [];
  return owners.flatMap((reference, i) => {
    const owner = reference.string("name") ?? "";
    const group = reference.string("apiVersion")?.split("/")[0];
    if (group !== "kuma.io" || reference.string("kind") !== "Mesh" || owner === mesh) return [];
    return violation(
      ["metadata", "ownerReferences", i, "name"],
      `must be the same as the mesh of the resource ${goQuote(mesh)}, got ${goQuote(owner)}. ` +
        "A resource cannot be moved between meshes, delete it and apply it again in the new mesh",
    );
  });
}

/** Kuma 2.8 takes no services in `to` outside the system namespace (webhooks/validation.go:78@2.8.8). */
function checkServiceItems(
  { namespace }: Resource,
  { to = [] }: MeshAccessLogSpec,
  { facts, controlPlane }: Surroundings,
): readonly LocatedViolation[] {
  const { systemNamespace = defaultSystemNamespace } = controlPlane;
  if (!facts.refusesServiceItems || namespace === undefined || namespace === systemNamespace) return noViolations;
  return to.flatMap(({ targetRef }, i) =>
    targetRef.kind === "MeshService"
      ? violation(["spec", "to", i, "targetRef", "kind"], "can't use 'MeshService' at this moment")
      : [],
  );
}
