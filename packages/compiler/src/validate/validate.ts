import { type Result, type Target } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import { profile } from "../kuma/profile.ts";
import { type Code, report } from "../messages.ts";
import type { Bundle } from "../source/load.ts";
import { identityOf } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import { type Node, toJson } from "../source/tree.ts";
import { checkFormats, type FormatChecker, formatChecker } from "./check-formats.ts";
import { checkMeta } from "./check-meta.ts";
import { checkSpec } from "./check-spec.ts";
import { deprecations } from "./deprecations.ts";
import { locate } from "./locate.ts";
import { kubernetesSchema, universalSchema } from "./mesh-access-log-schema.ts";
import type { MeshAccessLogSpec, Policy } from "./policy.ts";
import { schemaViolations, unknownFields } from "./schema.ts";
import { trafficProtocols } from "./traffic-protocol.ts";
import { fieldOf, type LocatedViolation } from "./violation.ts";

/**
 * Judges every MeshAccessLog of a bundle as Kuma's API would, and what Envoy would say of the formats inside.
 *
 * @returns the policies that every member of the target accepts.
 */
export function validate(bundle: Bundle, target: Target): Result<readonly Policy[], Diagnostic> {
  const checkFormat = formatChecker(target, trafficProtocols(bundle.resources));
  const judged = bundle.resources
    .filter(({ kind }) => kind === "MeshAccessLog")
    .map((resource) => judge(resource, target, checkFormat));
  return {
    value: judged.flatMap(({ value }) => value ?? []),
    diagnostics: judged.flatMap(({ diagnostics }) => diagnostics),
  };
}

function judge(resource: Resource, target: Target, checkFormat: FormatChecker): Result<Policy | undefined, Diagnostic> {
  const about = identityOf(resource);
  const everywhere = target.members.map(({ name }) => name);
  const say = (code: Code & `policy/${string}`, violation: LocatedViolation, affects: readonly string[]): Diagnostic =>
    policyDiagnostic(code, violation, resource, about, affects);

  const { spec: specNode } = resource;
  const schema = resource.shape === "universal" ? universalSchema : kubernetesSchema;
  const schemaProblems = schemaViolations(schema, resource.node);
  const spec = schemaProblems.length === 0 && specNode !== undefined ? readSpec(specNode) : undefined;
  const violations = spec === undefined ? schemaProblems : [...checkSpec(spec), ...checkMeta(about)];
  const refusals = violations.map((found) =>
    say(spec === undefined ? "policy/schema" : "policy/invalid", found, everywhere),
  );

  const rest = [
    ...(spec === undefined || violations.length > 0 ? [] : warnings(spec, target, say)),
    ...unknownFields(schema, resource.node).map(({ at, name }) =>
      report(
        "lint/unknown-field",
        { file: resource.file, ...locate(resource.node, at) },
        { field: name },
        { resource: about, path: fieldOf(at), affects: everywhere },
      ),
    ),
    ...(specNode === undefined ? [] : checkFormats(specNode, resource.file, about, checkFormat)),
  ].sort((a, b) => a.start - b.start || a.end - b.end);

  return {
    value: spec === undefined || violations.length > 0 ? undefined : { resource, spec },
    diagnostics: [...refusals, ...rest],
  };
}

/** The spec as Kuma decodes it. The schema has seen to the types; what it does not know is ignored. */
function readSpec(spec: Node): MeshAccessLogSpec {
  return toJson(spec) as MeshAccessLogSpec;
}

type Say = (code: Code & `policy/${string}`, violation: LocatedViolation, affects: readonly string[]) => Diagnostic;

/** Deprecations, each with the members that warn of it. */
function warnings(spec: MeshAccessLogSpec, target: Target, say: Say): readonly Diagnostic[] {
  const found = new Map<string, { readonly warning: LocatedViolation; readonly affects: string[] }>();
  for (const { name, kuma } of target.members) {
    if (kuma === undefined) continue;
    for (const warning of deprecations(spec, profile(kuma))) {
      const known = found.get(warning.message) ?? { warning, affects: [] };
      known.affects.push(name);
      found.set(warning.message, known);
    }
  }
  return [...found.values()].map(({ warning, affects }) => say("policy/deprecated", warning, affects));
}

function policyDiagnostic(
  code: Code & `policy/${string}`,
  { field, message, at }: LocatedViolation,
  resource: Resource,
  about: ResourceIdentity,
  affects: readonly string[],
): Diagnostic {
  return report(
    code,
    { file: resource.file, ...locate(resource.node, at) },
    { violation: field === "" ? message : `${field}: ${message}` },
    { resource: about, path: fieldOf(at), kuma: { field, message }, affects },
  );
}
