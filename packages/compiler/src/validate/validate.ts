import { type Result, type Target } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { report } from "../messages.ts";
import { oneList } from "../one-copy.ts";
import type { Bundle } from "../source/load.ts";
import { identityOf } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import { wholeResource } from "../source/without-tree.ts";
import { toJson } from "../source/tree.ts";
import { behaviours } from "./behaviours.ts";
import { checkFormats, type FormatChecker, formatChecker } from "./check-formats.ts";
import { hasLabels } from "./judge-object.ts";
import { type Judgement, judgePolicy, stagesOf } from "./judge-policy.ts";
import { locate } from "./locate.ts";
import { type MergedViolation, mergeViolations } from "./merge-judgements.ts";
import type { Policy } from "./policy.ts";
import type { UnknownField } from "./schema.ts";
import { type Protocols, trafficProtocols } from "./traffic-protocol.ts";
import { fieldOf, type LocatedViolation } from "./violation.ts";

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
  const task = { target, names: namesOf(target), controlPlane, checkFormat: formatChecker(target) };
  return (resource, protocols = nothingKnown) => validatePolicy(resource, protocols, task);
}

const nothingKnown: Protocols = () => undefined;

interface Task {
  readonly target: Target;
  /** Of all members, in their order. */
  readonly names: readonly string[];
  readonly controlPlane: ControlPlane;
  readonly checkFormat: FormatChecker;
}

function namesOf({ members }: Target): readonly string[] {
  return [...new Set(members.map(({ name }) => name))];
}

/** What members of one behaviour make of a policy. */
interface Judged extends Judgement {
  readonly members: readonly string[];
}

function validatePolicy(resource: Resource, protocols: Protocols, task: Task): Result<Policy | undefined, Diagnostic> {
  const document = toJson(resource.node);
  const beside = hasLabels(resource, task.controlPlane) ? "labels" : "no-labels";
  const stages = stagesOf(resource, document, task.controlPlane);
  const judged = behaviours(task.target, beside).map((behaviour): Judged => ({
    ...judgePolicy(resource, stages, behaviour, task.controlPlane),
    members: behaviour.members,
  }));
  const subject = { resource, about: identityOf(resource), names: task.names };
  const merge = (
    part: "violations" | "warnings" | "unquoted" | "labelFindings",
    code?: "policy/deprecated" | "lint/labels",
  ): readonly MergedViolation[] =>
    mergeViolations(judged.map((one) => ({ code: code ?? one.code, violations: one[part], members: one.members })));

  const rest = [
    ...merge("unquoted").map((found) => unquotedDiagnostic(found, subject)),
    ...merge("warnings", "policy/deprecated").map((found) => policyDiagnostic(found, subject)),
    ...merge("labelFindings", "lint/labels").map((found) => unquotedDiagnostic(found, subject)),
    ...unknownFields(judged).map((found) => unknownFieldDiagnostic(found, subject)),
    ...(resource.spec === undefined
      ? []
      : checkFormats(resource.spec, resource.file, subject.about, task.checkFormat, protocols)),
  ].sort((a, b) => a.start - b.start || a.end - b.end);

  const specs = judged.flatMap(({ spec }) => spec ?? []);
  const spec = specs.length === judged.length ? specs.at(-1) : undefined;
  return {
    value: spec === undefined ? undefined : { resource, spec },
    diagnostics: [...merge("violations").map((found) => policyDiagnostic(found, subject)), ...rest],
  };
}

/** What a diagnostic is about. */
interface Subject {
  readonly resource: Resource;
  readonly about: ResourceIdentity;
  /** Of all members, in their order. */
  readonly names: readonly string[];
}

function policyDiagnostic({ code, violation, affects, variants }: MergedViolation, subject: Subject): Diagnostic {
  const { resource, about, names } = subject;
  const { field, message, at } = violation;
  return report(
    code,
    { file: resource.file, ...locate(resource.node, at) },
    { violation: asText(violation) },
    {
      resource: about,
      path: fieldOf(at),
      kuma: { field, message },
      affects: inOrder(affects, names),
      ...(variants.length === 0
        ? {}
        : {
            variants: variants.map((variant) => ({
              affects: inOrder(variant.affects, names),
              kuma: { field: variant.violation.field, message: variant.violation.message },
            })),
          }),
    },
  );
}

function unquotedDiagnostic({ code, violation, affects }: MergedViolation, subject: Subject): Diagnostic {
  const { resource, about, names } = subject;
  const details = { resource: about, path: fieldOf(violation.at), affects: inOrder(affects, names) };
  return report(
    code,
    { file: resource.file, ...locate(resource.node, violation.at) },
    { violation: asText(violation) },
    details,
  );
}

function unknownFieldDiagnostic(
  { field, affects }: { readonly field: UnknownField; readonly affects: readonly string[] },
  { resource, about, names }: Subject,
): Diagnostic {
  const { at, name, meant } = field;
  const place = { file: resource.file, ...locate(resource.node, at) };
  const details = { resource: about, path: fieldOf(at), affects: inOrder(affects, names) };
  return meant === undefined || resource.shape === "kubernetes"
    ? report("lint/unknown-field", place, { field: name }, details)
    : report("lint/field-case", place, { field: name, meant }, details);
}

/** The fields that some members do not know. */
function unknownFields(
  judged: readonly Judged[],
): readonly { readonly field: UnknownField; readonly affects: readonly string[] }[] {
  if (judged.every((one) => one.unknownFields.length === 0)) return [];
  const found = new Map<string, { readonly field: UnknownField; readonly affects: string[] }>();
  // Behaviours of one schema have one list.
  for (const [unknownFields, alike] of Map.groupBy(judged.toReversed(), (one) => one.unknownFields)) {
    const members = unknownFields.length === 0 ? [] : alike.flatMap((one) => one.members);
    for (const field of unknownFields) {
      const key = JSON.stringify([field.at, field.meant]);
      const known = found.get(key) ?? { field, affects: [] };
      known.affects.push(...members);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

function asText({ field, message }: LocatedViolation): string {
  return field === "" ? message : `${field}: ${message}`;
}

/** Of the names of a target: lists of some of them, joined, and the same in its order. As many as ways to judge. */
const known = new WeakMap<readonly string[], Map<string, readonly string[]>>();

/** Names of members in the order of the target. */
function inOrder(affects: readonly string[], names: readonly string[]): readonly string[] {
  if (affects.length === names.length) return names;
  const key = affects.join("\n");
  const orders = known.get(names) ?? new Map<string, readonly string[]>();
  known.set(names, orders);
  const before = orders.get(key);
  if (before !== undefined) return before;
  const wanted = new Set(affects);
  const ordered = oneList(names.filter((name) => wanted.has(name)));
  orders.set(key, ordered);
  return ordered;
}
