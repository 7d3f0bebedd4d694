import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import type { Bundle } from "../../source/load.ts";
import type { Resource } from "../../source/resources.ts";
import { attributes } from "./attributes.ts";
import { bodies } from "./bodies.ts";
import { knownDefects } from "./defects.ts";
import { duplicateFields } from "./duplicate-fields.ts";
import { emptyValues } from "./empty-values.ts";
import { endpoints } from "./endpoints.ts";
import { headers } from "./headers.ts";
import { inboundSources } from "./inbound-sources.ts";
import { keys } from "./keys.ts";
import { linted, type LintedMesh, type LintedPolicy, Members, type MeshLint, type PolicyLint } from "./lint.ts";
import { membersOfUnions } from "./members-of-unions.ts";
import { noEffect } from "./no-effect.ts";
import { otherLogs } from "./other-logs.ts";
import { removedFields } from "./removals.ts";
import { sharedInbounds } from "./shared-inbounds.ts";
import { danglingReferences } from "./targets.ts";
import { texts } from "./texts.ts";
import { uncheckedRules } from "./unchecked-rules.ts";

/** The lints of a policy by itself. */
const policyLints = (target: Target): readonly PolicyLint[] => [
  attributes,
  bodies,
  duplicateFields,
  emptyValues(target),
  endpoints,
  headers,
  inboundSources,
  keys,
  knownDefects,
  membersOfUnions,
  noEffect,
  removedFields,
  texts,
  uncheckedRules,
];

/** The lints of what a mesh holds together. */
const meshLints: readonly MeshLint[] = [danglingReferences, otherLogs, sharedInbounds];

/** Says what an expert would say beyond what Kuma and Envoy say. */
export interface Linter {
  /** Of a policy by itself. */
  readonly lintPolicy: (policy: Resource) => readonly Diagnostic[];
  /**
   * Of what the meshes of a bundle hold together.
   *
   * @param policies the MeshAccessLogs that have a spec. Their trees are looked at only where something else of the mesh
   *   may have to do with them.
   */
  readonly lintMeshes: (resources: readonly Resource[], policies: readonly Resource[]) => readonly Diagnostic[];
}

/** The linter for the releases of a target. */
export function linter(target: Target): Linter {
  const members = new Members(target.members);
  const lints = policyLints(target);
  return {
    lintPolicy(resource) {
      const policy = linted(resource, members);
      return policy === undefined ? [] : lints.flatMap((one) => [...one(policy)]);
    },
    lintMeshes: (resources, policies) =>
      meshesOf(resources, policies, members).flatMap((mesh) => meshLints.flatMap((one) => [...one(mesh)])),
  };
}

/** What an expert would say of a bundle. */
export function lint({ resources }: Bundle, target: Target): readonly Diagnostic[] {
  const { lintPolicy, lintMeshes } = linter(target);
  const policies = resources.filter(({ kind, spec }) => kind === "MeshAccessLog" && spec !== undefined);
  return [...policies.flatMap(lintPolicy), ...lintMeshes(resources, policies)];
}

function meshesOf(
  resources: readonly Resource[],
  policies: readonly Resource[],
  members: Members,
): readonly LintedMesh[] {
  const meshOf = ({ kind, mesh, name }: Resource): string => (kind === "Mesh" ? name : mesh);
  const byMesh = Map.groupBy(resources, meshOf);
  return [...Map.groupBy(policies, ({ mesh }) => mesh)].map(([name, own]) => ({
    name,
    policies: () => lintedOnes(own, members),
    resources: Map.groupBy(byMesh.get(name) ?? [], ({ kind }) => kind),
    members,
  }));
}

function* lintedOnes(policies: readonly Resource[], members: Members): Generator<LintedPolicy> {
  for (const resource of policies) {
    const policy = linted(resource, members);
    if (policy !== undefined) yield policy;
  }
}
