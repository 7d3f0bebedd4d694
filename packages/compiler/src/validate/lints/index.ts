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

/** What an expert would say of a bundle beyond what Kuma and Envoy say. */
export function lint(bundle: Bundle, target: Target): readonly Diagnostic[] {
  const members = new Members(target.members);
  const policies = bundle.resources
    .filter(({ kind }) => kind === "MeshAccessLog")
    .flatMap((resource) => linted(resource, members) ?? []);
  const lints = policyLints(target);
  return [
    ...policies.flatMap((policy) => lints.flatMap((one) => [...one(policy)])),
    ...meshesOf(bundle, policies, members).flatMap((mesh) => meshLints.flatMap((one) => [...one(mesh)])),
  ];
}

function meshesOf({ resources }: Bundle, policies: readonly LintedPolicy[], members: Members): readonly LintedMesh[] {
  const meshOf = ({ kind, mesh, name }: Resource): string => (kind === "Mesh" ? name : mesh);
  const byMesh = Map.groupBy(resources, meshOf);
  return [...Map.groupBy(policies, ({ resource }) => resource.mesh)].map(([name, own]) => ({
    name,
    policies: own,
    resources: Map.groupBy(byMesh.get(name) ?? [], ({ kind }) => kind),
    members,
  }));
}
