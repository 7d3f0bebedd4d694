import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import type { Bundle } from "../../source/load.ts";
import type { Resource } from "../../source/resources.ts";
import { itemPlaces } from "../format-places.ts";
import { attributes } from "./attributes.ts";
import { bodies } from "./bodies.ts";
import { knownDefects } from "./defects.ts";
import { duplicateFields } from "./duplicate-fields.ts";
import { emptyValues } from "./empty-values.ts";
import { endpoints } from "./endpoints.ts";
import { headers } from "./headers.ts";
import { inboundSources } from "./inbound-sources.ts";
import { keys } from "./keys.ts";
import { type LintedMesh, LintedPolicy, type MeshLint, type PolicyLint, type Rule } from "./lint.ts";
import { Members } from "./members.ts";
import { membersOfUnions } from "./members-of-unions.ts";
import { noEffect } from "./no-effect.ts";
import { otherLogs } from "./other-logs.ts";
import { removedFields } from "./removals.ts";
import { sharedInbounds } from "./shared-inbounds.ts";
import { danglingReferences } from "./targets.ts";
import { texts } from "./texts.ts";
import { uncheckedRules } from "./unchecked-rules.ts";

/** The lints of a policy by itself. */
const policyLints: readonly PolicyLint[] = [
  attributes,
  bodies,
  duplicateFields,
  emptyValues,
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
  const { members, rules } = prepare(target);
  return {
    lintPolicy(resource) {
      const { spec } = resource;
      if (spec === undefined) return [];
      const policy = new LintedPolicy(resource, spec, members);
      for (const rule of rules) rule(policy);
      return policy.findings;
    },
    lintMeshes: (resources, policies) =>
      meshesOf(resources, policies, members).flatMap((mesh) => meshLints.flatMap((one) => [...one(mesh)])),
  };
}

interface Prepared {
  readonly members: Members;
  readonly rules: readonly Rule[];
}

const prepared = new WeakMap<Target, Prepared>();

/** What is the same for every bundle of a target. */
function prepare(target: Target): Prepared {
  const known = prepared.get(target);
  if (known !== undefined) return known;
  const members = new Members(target.members);
  const made = { members, rules: policyLints.flatMap((lint) => lint({ target, members }) ?? []) };
  prepared.set(target, made);
  return made;
}

/** What a mesh of a bundle holds, for those that look at a part of it. */
export interface KnownMesh {
  readonly name: string;
  /** Everything in it but its MeshAccessLogs, and the Mesh itself, by kind. */
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  /** Whether it has MeshAccessLogs with a spec. */
  readonly hasPolicies: boolean;
  /** Whether one of them logs what proxies receive. */
  readonly logsInbound: boolean;
}

/** What an expert would say of some resources because of what else their meshes hold. */
export function lintBeside(
  part: readonly Resource[],
  meshes: ReadonlyMap<string, KnownMesh>,
  target: Target,
): readonly Diagnostic[] {
  const { members } = prepare(target);
  return [...Map.groupBy(part, meshOf)].flatMap(([name, own]) => {
    const mesh = meshes.get(name);
    if (mesh?.hasPolicies !== true) return [];
    const policies = own.filter(({ kind, spec }) => kind === "MeshAccessLog" && spec !== undefined);
    const others = own.filter(({ kind }) => kind !== "MeshAccessLog");
    const known = { name, members, policies: () => lintedOnes(policies, members), logsInbound: () => mesh.logsInbound };
    const elsewhere = mesh.resources.has("TrafficLog") ? [["TrafficLog", []] as const] : [];
    const here = new Map<string, readonly Resource[]>([...elsewhere, ...Map.groupBy(others, ({ kind }) => kind)]);
    return [
      ...(policies.length === 0 ? [] : danglingReferences({ ...known, resources: mesh.resources })),
      ...otherLogs({ ...known, resources: here }),
      ...sharedInbounds({ ...known, resources: here }),
    ];
  });
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
  const byMesh = Map.groupBy(resources, meshOf);
  return [...Map.groupBy(policies, ({ mesh }) => mesh)].map(([name, own]) => ({
    name,
    policies: () => lintedOnes(own, members),
    resources: Map.groupBy(byMesh.get(name) ?? [], ({ kind }) => kind),
    members,
    logsInbound: () => own.some(logsInbound),
  }));
}

/** The mesh that a resource belongs to, or is. */
export function meshOf({ kind, mesh, name }: Resource): string {
  return kind === "Mesh" ? name : mesh;
}

/** Whether a MeshAccessLog logs what proxies receive. */
export function logsInbound({ spec }: Resource): boolean {
  return spec !== undefined && itemPlaces(spec).some(({ list }) => list !== "to");
}

function* lintedOnes(policies: readonly Resource[], members: Members): Generator<LintedPolicy> {
  for (const resource of policies) {
    if (resource.spec !== undefined) yield new LintedPolicy(resource, resource.spec, members);
  }
}
