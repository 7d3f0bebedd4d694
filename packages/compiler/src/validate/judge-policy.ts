import { goQuote } from "@meshlog/parser";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { PolicyFacts } from "../kuma/policy-facts.ts";
import type { Resource } from "../source/resources.ts";
import { textOf } from "../source/tree.ts";
import type { Behaviour } from "./behaviours.ts";
import { checkNamespace } from "./check-admission.ts";
import { checkMesh, checkName, checkObjectName } from "./check-meta.ts";
import { isApplied } from "./compute-labels.ts";
import type { UnknownField } from "./judge-by-schema.ts";
import { judgeObject, labelFindings, type Surroundings } from "./judge-object.ts";
import type { MeshAccessLogSpec } from "./policy.ts";
import type { PolicyStages } from "./policy-stages.ts";
import { joined, type LocatedViolation, noViolations, violation } from "./violation.ts";

/** What releases of one behaviour make of a policy. */
export interface Judgement {
  readonly code: "policy/schema" | "policy/invalid";
  /** In Kuma's order. */
  readonly violations: readonly LocatedViolation[];
  /** Why it is refused where that is no violation: the client refuses it before, or the validator panics. */
  readonly unquoted: readonly LocatedViolation[];
  /** Only of a policy that is accepted. */
  readonly warnings: readonly LocatedViolation[];
  /** What is wrong with labels that count as stored. Only of a policy that is accepted. */
  readonly labelFindings: readonly LocatedViolation[];
  readonly unknownFields: readonly UnknownField[];
  /** Only of a policy that is accepted. */
  readonly spec?: MeshAccessLogSpec;
}

/**
 * Judges a policy as Kuma's API does: schema, decoding, Kuma's own checks, labels and the syntax of names; the first of
 * them that finds something ends it. An object of Kubernetes is told the same in the same words, and what the webhook
 * says of it.
 */
export function judgePolicy(
  resource: Resource,
  stages: PolicyStages,
  { facts, index, ofSpec, ofLabels }: Behaviour,
  controlPlane: ControlPlane,
): Judgement {
  const isUniversal = resource.shape === "universal";
  const bySchema = stages.bySchema(index);
  const { unknownFields } = bySchema;

  if (facts.metaDecoding === "first" && isUniversal) {
    const error = stages.meta.error(index);
    if (error !== undefined)
      return refused("policy/schema", [decodingError(`invalid meta type: ${error}`)], unknownFields);
  }
  if (facts.schemaStage !== "decoded" && bySchema.violations.length > 0) {
    return refused("policy/schema", stages.inOrder(facts.schemaOrder, bySchema.violations), unknownFields);
  }

  const decoded = stages.decoded.value(index) as DecodedPolicy;
  const error = stages.decoded.error(index);
  if (error !== undefined) {
    const text = invalidObject(error, decoded.name ?? resource.name, facts);
    return refused("policy/schema", [decodingError(text)], unknownFields);
  }

  const { spec } = decoded;
  const ofDecoded = facts.schemaStage === "decoded" ? judgeDecoded(spec, facts) : noViolations;
  if (ofDecoded.length > 0) {
    return refused("policy/schema", stages.inOrder(facts.schemaOrder, ofDecoded), unknownFields);
  }

  const ofObject = isUniversal ? noViolations : judgeObject(resource, spec, { facts, controlPlane });
  if (ofObject.length > 0) return refused("policy/invalid", ofObject, unknownFields);

  const { panic, violations, warnings } = stages.ofSpec(spec, ofSpec);
  if (panic !== undefined) return refused("policy/invalid", noViolations, unknownFields, [panic]);
  if (violations.length > 0) return refused("policy/invalid", violations, unknownFields);

  const saidOfLabels = isUniversal ? stages.ofLabels(ofLabels) : noViolations;
  const found = isUniversal
    ? joined(isApplied(resource, controlPlane) ? saidOfLabels : noViolations, judgeNames(decoded, facts))
    : judgeObjectNames(resource, { facts, controlPlane });
  const unquoted = isUniversal ? missingNames(decoded, facts) : noViolations;
  if (found.length > 0 || unquoted.length > 0) return refused("policy/invalid", found, unknownFields, unquoted);
  return {
    code: "policy/invalid",
    violations: noViolations,
    unquoted: noViolations,
    warnings,
    labelFindings: labelFindings(resource, saidOfLabels, facts, controlPlane),
    unknownFields,
    spec,
  };
}

function refused(
  code: Judgement["code"],
  violations: readonly LocatedViolation[],
  unknownFields: readonly UnknownField[],
  unquoted = noViolations,
): Judgement {
  return { code, violations, unquoted, warnings: noViolations, labelFindings: noViolations, unknownFields };
}

/** A policy as Go reads it; of an object of Kubernetes there is the spec alone. */
interface DecodedPolicy {
  readonly name?: string;
  readonly mesh?: string;
  readonly spec: MeshAccessLogSpec;
}

function decodingError(text: string): LocatedViolation {
  return { field: "", message: `error: ${text}`, at: [] };
}

/** pkg/core/resources/model/rest/unmarshaller.go. */
function invalidObject(error: string, name: string, { decodingError: style }: PolicyFacts): string {
  switch (style) {
    case "with-name":
      return `invalid MeshAccessLog object ${goQuote(name)}: ${error}`;
    case "in-single-quotes":
      return `invalid MeshAccessLog object: '${error}'`;
    case "in-go-quotes":
      return `invalid MeshAccessLog object: ${goQuote(error)}`;
  }
}

/**
 * What the schema of 2.0 says of a spec that Go has decoded: types are right by then, and an empty kind is left out, so
 * only unknown kinds remain. Every violation has the field `spec` (pkg/plugins/policies/validation/schema.go:22@2.0.8).
 */
export function judgeDecoded(
  { targetRef, to = [], from = [] }: MeshAccessLogSpec,
  { schemaKinds }: PolicyFacts,
): readonly LocatedViolation[] {
  const refs = [
    { at: ["targetRef"], kind: targetRef?.kind },
    ...to.map((item, i) => ({ at: ["to", i, "targetRef"], kind: item.targetRef.kind })),
    ...from.map((item, i) => ({ at: ["from", i, "targetRef"], kind: item.targetRef.kind })),
  ];
  return refs
    .filter(({ kind = "" }) => kind !== "" && !schemaKinds.includes(kind))
    .map(({ at }) => {
      const { field, ...rest } = violation([...at, "kind"], "");
      const message = `${field} in body should be one of [${schemaKinds.join(" ")}]`;
      return { field: "spec", message, at: ["spec", ...rest.at] };
    });
}

/** The syntax of name and mesh. */
function judgeNames(decoded: DecodedPolicy, facts: PolicyFacts): readonly LocatedViolation[] {
  const { name } = decoded;
  const mesh = meshOf(decoded, facts);
  return joined(
    name === undefined ? noViolations : checkName(name, facts),
    mesh === undefined ? noViolations : checkMesh(mesh, facts),
  );
}

/** The mesh of a policy, which Kuma fills in where it fills in defaults. */
function meshOf({ mesh }: DecodedPolicy, { schemaStage }: PolicyFacts): string | undefined {
  return mesh ?? (schemaStage === "defaulted" ? "default" : undefined);
}

/**
 * Where Kuma fills in no mesh and the schema wants no name, kumactl refuses a resource without them, and the API server
 * compares them with the URL: the texts differ, so none is quoted.
 */
function missingNames(decoded: DecodedPolicy, facts: PolicyFacts): readonly LocatedViolation[] {
  return joined(
    decoded.name === undefined ? [violation(["name"], "cannot be empty")] : noViolations,
    meshOf(decoded, facts) === undefined ? [violation(["mesh"], "cannot be empty")] : noViolations,
  );
}

/** The name of an object of Kubernetes and, up to 2.7, its namespace. */
function judgeObjectNames(resource: Resource, environment: Surroundings): readonly LocatedViolation[] {
  const metadata = resource.node.get("metadata");
  const objectName = metadata?.kind === "map" ? textOf(metadata.get("name")) : undefined;
  const ofName = checkObjectName(objectName ?? "");
  return ofName.length > 0 ? ofName : checkNamespace(resource, environment);
}
