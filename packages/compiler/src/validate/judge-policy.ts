import { goQuote } from "@meshlog/parser";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { PolicyFacts } from "../kuma/policy-facts.ts";
import type { Resource } from "../source/resources.ts";
import { type Json, textOf } from "../source/tree.ts";
import type { Behaviour } from "./behaviours.ts";
import { checkNamespace } from "./check-admission.ts";
import { checkLabels, type LabelCheckFacts } from "./check-labels.ts";
import { checkMeta, checkObjectName } from "./check-meta.ts";
import { checkSpec } from "./check-spec.ts";
import { compareText } from "./compare-text.ts";
import { decode, type Decoded } from "./decode.ts";
import { isApplied } from "./compute-labels.ts";
import { deprecations } from "./deprecations.ts";
import { judgeObject, labelFindings, type Surroundings } from "./judge-object.ts";
import type { MeshAccessLogSpec } from "./policy.ts";
import { oncePer } from "./once-per.ts";
import { isMap, judgeBySchema, type Schema, type SchemaJudgement, type UnknownField } from "./schema.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { validatorPanic } from "./validator-panic.ts";
import { type LocatedViolation, violation } from "./violation.ts";

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

/** What is made of one policy on the way; what several behaviours have in common is made once. */
export interface Stages {
  readonly bySchema: (schema: Schema) => SchemaJudgement;
  /** The same where null is absent if the schema has a default. */
  readonly bySchemaWithDefaults: (schema: Schema) => SchemaJudgement;
  readonly inOrder: typeof orders;
  readonly decodedMeta: (schema: Schema) => Decoded;
  readonly decoded: (schema: Schema) => Decoded;
  readonly ofSpec: (spec: MeshAccessLogSpec) => (facts: SpecFacts) => SpecJudgement;
  readonly ofLabels: (facts: LabelCheckFacts) => readonly LocatedViolation[];
}

/** What Kuma's validator says of a spec. */
interface SpecJudgement {
  readonly panic: LocatedViolation | undefined;
  readonly violations: readonly LocatedViolation[];
  /** Only of a spec that is accepted. */
  readonly warnings: readonly LocatedViolation[];
}

/** @param document the whole resource. */
export function stagesOf(resource: Resource, document: Json, controlPlane: ControlPlane): Stages {
  const isUniversal = resource.shape === "universal";
  const withSpec = isUniversal || !isMap(document) ? document : { spec: document["spec"] ?? null };
  return {
    bySchema: oncePer((schema) => judgeBySchema(schema, document, false)),
    bySchemaWithDefaults: oncePer((schema) => judgeBySchema(schema, document, true)),
    inOrder: { random: oncePer(orders.random), "by-text": oncePer(orders["by-text"]) },
    decodedMeta: oncePer((schema) => decode(schema, document, true)),
    decoded: oncePer((schema) => decode(schema, withSpec, isUniversal)),
    ofSpec: oncePer((spec) => oncePer((facts) => judgeSpec(spec, facts))),
    ofLabels: oncePer((facts) => checkLabels(resource, { facts, controlPlane })),
  };
}

function judgeSpec(spec: MeshAccessLogSpec, facts: SpecFacts): SpecJudgement {
  const panic = validatorPanic(spec, facts);
  const violations = panic === undefined ? checkSpec(spec, facts) : [];
  const isAccepted = panic === undefined && violations.length === 0;
  return { panic, violations, warnings: isAccepted ? deprecations(spec, facts) : [] };
}

/**
 * Judges a policy as Kuma's API does: schema, decoding, Kuma's own checks, labels and the syntax of names; the first of
 * them that finds something ends it. An object of Kubernetes is told the same in the same words, and what the webhook
 * says of it.
 */
export function judgePolicy(
  resource: Resource,
  stages: Stages,
  { facts, schema, ofSpec, ofLabels }: Behaviour,
  controlPlane: ControlPlane,
): Judgement {
  const isUniversal = resource.shape === "universal";
  const shape = isUniversal ? schema.universal : schema.kubernetes;
  const bySchema = facts.schemaStage === "defaulted" ? stages.bySchemaWithDefaults(shape) : stages.bySchema(shape);
  const refuse = (code: Judgement["code"], violations: readonly LocatedViolation[]): Judgement => ({
    code,
    violations,
    unquoted: [],
    warnings: [],
    labelFindings: [],
    unknownFields: bySchema.unknownFields,
  });

  if (facts.metaDecoding === "first" && isUniversal) {
    const { error } = stages.decodedMeta(schema.meta);
    if (error !== undefined) return refuse("policy/schema", [decodingError(`invalid meta type: ${error}`)]);
  }
  if (facts.schemaStage !== "decoded" && bySchema.violations.length > 0) {
    return refuse("policy/schema", stages.inOrder[facts.schemaOrder](bySchema.violations));
  }

  const decoded = stages.decoded(schema.decoded);
  const { spec, ...meta } = decoded.value as DecodedMeta & { readonly spec: MeshAccessLogSpec };
  const { error } = decoded;
  if (error !== undefined)
    return refuse("policy/schema", [decodingError(invalidObject(error, meta.name ?? resource.name, facts))]);

  const ofDecoded = facts.schemaStage === "decoded" ? judgeDecoded(spec, facts) : [];
  if (ofDecoded.length > 0) return refuse("policy/schema", stages.inOrder[facts.schemaOrder](ofDecoded));

  const environment = { facts, controlPlane };
  const ofObject = isUniversal ? [] : judgeObject(resource, spec, environment);
  if (ofObject.length > 0) return refuse("policy/invalid", ofObject);

  const { panic, violations, warnings } = stages.ofSpec(spec)(ofSpec);
  if (panic !== undefined) return { ...refuse("policy/invalid", []), unquoted: [panic] };
  if (violations.length > 0) return refuse("policy/invalid", violations);

  const saidOfLabels = (): readonly LocatedViolation[] => stages.ofLabels(ofLabels);
  const { found, unquoted } = judgeNames(resource, meta, environment, saidOfLabels);
  if (found.length > 0 || unquoted.length > 0) return { ...refuse("policy/invalid", found), unquoted };
  return {
    ...refuse("policy/invalid", []),
    warnings,
    labelFindings: labelFindings(resource, environment, saidOfLabels),
    spec,
  };
}

/** What stands beside the spec, as Go reads it. */
interface DecodedMeta {
  readonly name?: string;
  readonly mesh?: string;
}

type Order = (violations: readonly LocatedViolation[]) => readonly LocatedViolation[];

/** Kuma's orders; where its own is random, by field, then message. */
const orders: Readonly<Record<PolicyFacts["schemaOrder"], Order>> = {
  random: (violations) =>
    violations.toSorted((a, b) => compareText(a.field, b.field) || compareText(a.message, b.message)),
  "by-text": (violations) => violations.toSorted((a, b) => compareText(whole(a), whole(b))),
};

function whole({ field, message }: LocatedViolation): string {
  return field === "" ? message : `${field} ${message}`;
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

/**
 * Labels, and the syntax of name and mesh; of an object of Kubernetes its name and, up to 2.7, its namespace. Where Kuma fills in no mesh and the schema wants no name, kumactl refuses a resource
 * without them, and the API server compares them with the URL: the texts differ, so none is quoted.
 */
function judgeNames(
  resource: Resource,
  decoded: DecodedMeta,
  environment: Surroundings,
  ofLabels: () => readonly LocatedViolation[],
): { readonly found: readonly LocatedViolation[]; readonly unquoted: readonly LocatedViolation[] } {
  const { facts, controlPlane } = environment;
  const { node, shape } = resource;
  if (shape === "kubernetes") {
    const metadata = node.get("metadata");
    const objectName = metadata?.kind === "map" ? textOf(metadata.get("name")) : undefined;
    const ofName = checkObjectName(objectName ?? "");
    return { found: ofName.length > 0 ? ofName : checkNamespace(resource, environment), unquoted: [] };
  }
  const given = { mesh: facts.schemaStage === "defaulted" ? "default" : undefined, ...decoded };
  return {
    found: [
      ...(isApplied(resource, controlPlane) ? ofLabels() : []),
      ...checkMeta({ name: given.name ?? "", mesh: given.mesh ?? "" }, facts).filter(
        ({ field }) => (field === "name" ? given.name : given.mesh) !== undefined,
      ),
    ],
    unquoted: (["name", "mesh"] as const)
      .filter((field) => given[field] === undefined)
      .map((field) => violation([field], "cannot be empty")),
  };
}
