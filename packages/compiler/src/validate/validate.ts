import { type Result, type Target } from "@meshlog/parser";
import type { Diagnostic, Location, ResourceIdentity } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { report } from "../messages.ts";
import { oneCopy } from "../one-copy.ts";
import type { Bundle } from "../source/load.ts";
import { identityOf } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import { wholeResource } from "../source/without-tree.ts";
import { type Behaviour, behaviours } from "./behaviours.ts";
import { checkFormats } from "./check-formats.ts";
import { type FormatChecker, formatChecker } from "./format-checker.ts";
import { hasLabels } from "./judge-object.ts";
import { type Judgement, judgePolicy } from "./judge-policy.ts";
import { locate } from "./locate.ts";
import { type Judged, type MergedViolation, mergeViolations, type PolicyCode, saidIn } from "./merge-judgements.ts";
import { type MergedField, mergeUnknownFields } from "./merge-unknown-fields.ts";
import type { Policy } from "./policy.ts";
import type { PolicySchemas } from "./policy-schemas.ts";
import { PolicyStages } from "./policy-stages.ts";
import type { ReleaseSet, ReleaseSets } from "./release-sets.ts";
import type { UnknownField } from "./judge-by-schema.ts";
import { type Protocols, trafficProtocols } from "./traffic-protocol.ts";
import { fieldOf, type LocatedViolation, type Path } from "./violation.ts";

/**
 * Judges every MeshAccessLog of a bundle as the API of each Kuma of a target would, and what Envoy would say of the
 * formats inside. The cost grows with the number of distinct behaviours, not with that of releases.
 *
 * @param controlPlane decides what is made of labels and namespaces.
 * @returns the policies that every member of the target accepts, as the newest decodes them.
 */
export function validate(
  bundle: Bundle,
  target: Target,
  controlPlane: ControlPlane = {},
): Result<readonly Policy[], Diagnostic> {
  const validatePolicy = policyValidator(target, controlPlane);
  const { of: protocols } = trafficProtocols(bundle.resources);
  const judged = bundle.resources
    .filter(({ kind }) => kind === "MeshAccessLog")
    .map((resource) => {
      const { value, diagnostics } = validatePolicy(wholeResource(resource), protocols);
      return { value: value && { ...value, resource }, diagnostics };
    });
  return {
    value: judged.flatMap(({ value }) => value ?? []),
    diagnostics: judged.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Judges one policy, with what is known of the traffic that its items log. */
export type PolicyValidator = (resource: Resource, protocols?: Protocols) => Result<Policy | undefined, Diagnostic>;

/** A validator that remembers what it said of formats. */
export function policyValidator(target: Target, controlPlane: ControlPlane): PolicyValidator {
  const formats = formatChecker(target);
  const ofBehaviours = (beside: "labels" | "no-labels"): KnownBehaviours => {
    const { list, schemas } = behaviours(target, beside);
    return { list: list.map((behaviour) => ({ behaviour, members: formats.sets.of(behaviour.members) })), schemas };
  };
  const known = { labels: ofBehaviours("labels"), "no-labels": ofBehaviours("no-labels") };
  const task = { behaviours: known, controlPlane, formats };
  return (resource, protocols = nothingKnown) => validatePolicy(resource, protocols, task);
}

const nothingKnown: Protocols = () => undefined;

/** A way to judge policies, and who does it. */
interface KnownBehaviour {
  readonly behaviour: Behaviour;
  readonly members: ReleaseSet;
}

interface KnownBehaviours {
  /** Oldest first. */
  readonly list: readonly KnownBehaviour[];
  readonly schemas: PolicySchemas;
}

interface Task {
  readonly behaviours: Readonly<Record<"labels" | "no-labels", KnownBehaviours>>;
  readonly controlPlane: ControlPlane;
  readonly formats: FormatChecker;
}

function validatePolicy(resource: Resource, protocols: Protocols, task: Task): Result<Policy | undefined, Diagnostic> {
  const { controlPlane, formats } = task;
  const known = task.behaviours[hasLabels(resource, controlPlane) ? "labels" : "no-labels"];
  const stages = new PolicyStages(resource, known.schemas, controlPlane);
  const judged = known.list.map(({ behaviour, members }): Judged => {
    return { judgement: judgePolicy(resource, stages, behaviour, controlPlane), members };
  });
  const subject = { resource, about: identityOf(resource) };
  const ofFormats =
    resource.spec === undefined ? none : checkFormats(resource.spec, resource.file, subject.about, formats, protocols);
  const isAccepted = judged.every(({ judgement }) => judgement.spec !== undefined);
  const spec = isAccepted ? judged.at(-1)?.judgement.spec : undefined;
  return {
    value: spec === undefined ? undefined : { resource, spec },
    diagnostics: diagnosticsOf(judged, ofFormats, formats.sets, subject),
  };
}

/** All that is found in a policy: first what Kuma's API answers, in its order, then the rest by position. */
function diagnosticsOf(
  judged: readonly Judged[],
  ofFormats: readonly Diagnostic[],
  sets: ReleaseSets,
  subject: Subject,
): readonly Diagnostic[] {
  const merge = (
    listOf: (judgement: Judgement) => readonly LocatedViolation[],
    code?: PolicyCode,
  ): readonly MergedViolation[] => mergeViolations(saidIn(judged, listOf, sets, code), sets);

  const first: Diagnostic[] = [];
  const rest: Diagnostic[] = [];
  for (const found of merge(violationsOf)) first.push(policyDiagnostic(found, subject));
  for (const found of merge(unquotedOf)) rest.push(unquotedDiagnostic(found, subject));
  for (const found of merge(warningsOf, "policy/deprecated")) rest.push(policyDiagnostic(found, subject));
  for (const found of merge(labelFindingsOf, "lint/labels")) rest.push(unquotedDiagnostic(found, subject));
  for (const found of mergeUnknownFields(saidIn(judged, unknownFieldsOf, sets), sets)) {
    rest.push(unknownFieldDiagnostic(found, subject));
  }
  for (const found of ofFormats) rest.push(found);
  rest.sort((a, b) => a.start - b.start || a.end - b.end);
  return first.length + rest.length === 0 ? none : first.concat(rest);
}

const none: readonly Diagnostic[] = [];

const violationsOf = ({ violations }: Judgement): readonly LocatedViolation[] => violations;
const unquotedOf = ({ unquoted }: Judgement): readonly LocatedViolation[] => unquoted;
const warningsOf = ({ warnings }: Judgement): readonly LocatedViolation[] => warnings;
const labelFindingsOf = ({ labelFindings }: Judgement): readonly LocatedViolation[] => labelFindings;
const unknownFieldsOf = ({ unknownFields }: Judgement): readonly UnknownField[] => unknownFields;

/** What a diagnostic is about. */
interface Subject {
  readonly resource: Resource;
  readonly about: ResourceIdentity;
}

function policyDiagnostic({ code, violation, affects, variants }: MergedViolation, subject: Subject): Diagnostic {
  const { resource, about } = subject;
  const { field, message, at } = violation;
  const details = { resource: about, path: fieldOf(at), kuma: { field: oneCopy(field), message }, affects };
  const others = variants.map((variant) => ({
    affects: variant.affects,
    kuma: { field: oneCopy(variant.violation.field), message: variant.violation.message },
  }));
  return report(
    code,
    locateIn(resource, at),
    { violation: asText(violation) },
    others.length === 0 ? details : { ...details, variants: others },
  );
}

function unquotedDiagnostic({ code, violation, affects }: MergedViolation, subject: Subject): Diagnostic {
  const { resource, about } = subject;
  const details = { resource: about, path: fieldOf(violation.at), affects };
  return report(code, locateIn(resource, violation.at), { violation: asText(violation) }, details);
}

function unknownFieldDiagnostic({ field, affects }: MergedField, { resource, about }: Subject): Diagnostic {
  const { at, name, meant } = field;
  const details = { resource: about, path: fieldOf(at), affects };
  return meant === undefined || resource.shape === "kubernetes"
    ? report("lint/unknown-field", locateIn(resource, at), { field: name }, details)
    : report("lint/field-case", locateIn(resource, at), { field: name, meant }, details);
}

function locateIn({ node, file }: Resource, at: Path): Location {
  return { file, ...locate(node, at) };
}

function asText({ field, message }: LocatedViolation): string {
  return field === "" ? message : `${field}: ${message}`;
}
