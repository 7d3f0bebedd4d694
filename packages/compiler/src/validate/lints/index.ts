import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import type { Bundle } from "../../source/load.ts";
import { attributes } from "./attributes.ts";
import { bodies } from "./bodies.ts";
import { knownDefects } from "./defects.ts";
import { duplicateFields } from "./duplicate-fields.ts";
import { emptyValues } from "./empty-values.ts";
import { endpoints } from "./endpoints.ts";
import { headers } from "./headers.ts";
import { inboundSources } from "./inbound-sources.ts";
import { keys } from "./keys.ts";
import {
  linted,
  type LintedMesh,
  type LintedPolicy,
  Members,
  meshOf,
  type NeighbourLint,
  type PolicyLint,
  type ResourceLint,
} from "./lint.ts";
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

/** The lints of a policy beside all else in its mesh. */
const neighbourLints: readonly NeighbourLint[] = [danglingReferences];

/** The lints of what is no MeshAccessLog. */
const resourceLints: readonly ResourceLint[] = [otherLogs, sharedInbounds];

/** What an expert would say of policies, looking at nothing but each by itself. */
export function lintAlone(bundle: Bundle, target: Target): readonly Diagnostic[] {
  const lints = policyLints(target);
  return policiesOf(bundle, membersOf(target)).flatMap((policy) => lints.flatMap((one) => [...one(policy)]));
}

/** What an expert would say of resources because of what else their meshes hold. */
export function lintTogether(
  bundle: Bundle,
  meshes: ReadonlyMap<string, LintedMesh>,
  target: Target,
): readonly Diagnostic[] {
  const members = membersOf(target);
  return [
    ...policiesOf(bundle, members).flatMap((policy) => {
      const mesh = meshes.get(policy.resource.mesh);
      return mesh === undefined ? [] : lintsIn(mesh).flatMap((one) => [...one(policy)]);
    }),
    ...bundle.resources.flatMap((resource) => {
      const mesh = resource.kind === "MeshAccessLog" ? undefined : meshes.get(meshOf(resource));
      return mesh === undefined ? [] : resourceLints.flatMap((one) => [...one(resource, mesh, members)]);
    }),
  ];
}

const preparedLints = new WeakMap<LintedMesh, readonly PolicyLint[]>();

function lintsIn(mesh: LintedMesh): readonly PolicyLint[] {
  const lints = preparedLints.get(mesh) ?? neighbourLints.map((lint) => lint(mesh));
  preparedLints.set(mesh, lints);
  return lints;
}

function policiesOf({ resources }: Bundle, members: Members): readonly LintedPolicy[] {
  return resources
    .filter(({ kind }) => kind === "MeshAccessLog")
    .flatMap((resource) => linted(resource, members) ?? []);
}

const knownMembers = new WeakMap<Target, Members>();

function membersOf(target: Target): Members {
  const members = knownMembers.get(target) ?? new Members(target.members);
  knownMembers.set(target, members);
  return members;
}
