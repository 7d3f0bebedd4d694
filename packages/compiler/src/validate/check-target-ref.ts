import type { TargetRefCheck } from "../kuma/policy-facts.ts";
import { checkTags, tagSyntax } from "./check-tags.ts";
import { ownValue } from "./own-value.ts";
import type { TargetRef } from "./policy.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { joined, type LocatedViolation, noViolations, say, sayOfAll, within } from "./violation.ts";

/** What a targetRef is checked by. */
export interface TargetRefOptions {
  /** What its position allows. */
  readonly kinds: readonly string[];
  /** The policy has `rules` or `from`: a section of a Dataplane can be selected. */
  readonly isInboundPolicy: boolean;
  /** Whether a MeshGateway may be narrowed to listeners by tags: not by default. */
  readonly allowsListenerTags?: boolean;
  readonly facts: SpecFacts;
}

/**
 * Kuma's checks of a targetRef, in the order of its table for the kind (pkg/core/resources/apis/mesh/validators.go, up to
 * 2.4 pkg/plugins/policies/core/matchers/validators/validator.go).
 */
export function checkTargetRef(ref: TargetRef, options: TargetRefOptions): readonly LocatedViolation[] {
  const { kinds, facts } = options;
  if (ref.kind === "") return say("kind", facts.kindMissing);
  if (!kinds.includes(ref.kind)) return say("kind", withKind(facts.kindUnsupported, ref));
  const checks = ownValue(facts.targetRefChecks, ref.kind);
  if (checks === undefined) return noViolations;
  let found = noViolations;
  for (const check of checks) found = joined(found, apply(check, ref, options));
  return found;
}

function apply(
  check: TargetRefCheck,
  ref: TargetRef,
  { isInboundPolicy, allowsListenerTags = false, facts }: TargetRefOptions,
): readonly LocatedViolation[] {
  const { name, namespace, labels, sectionName } = ref;
  switch (check) {
    case "no name":
    case "no mesh":
    case "no tags":
    case "no proxyTypes":
    case "no labels":
    case "no namespace":
    case "no sectionName": {
      const field = forbidden[check];
      return isSet(ref[field]) ? say(field, withKind(facts.fieldForbidden, ref)) : noViolations;
    }
    case "no name yet":
      return isSet(name) ? say("name", `using name with kind ${ref.kind} is not yet supported`) : noViolations;
    case "name":
    case "labels":
      return isSet(ref[check]) ? noViolations : say(check, withKind(facts.fieldRequired, ref));
    case "name without labels":
      return isSet(name) || isSet(labels) ? noViolations : say("name", withKind(facts.fieldRequired, ref));
    case "name or labels":
      return isSet(name) || isSet(labels)
        ? noViolations
        : sayOfAll(`name or labels must be set when kind is ${ref.kind}`);
    case "name syntax":
      return checkName(name ?? "", facts);
    case "tag syntax":
      return within("tags", checkTags(ref.tags, tagSyntax.tag));
    case "tag selector syntax":
      return within("tags", checkTags(ref.tags, tagSyntax.selector));
    case "listener tags":
      return isSet(ref.tags) && !allowsListenerTags ? say("tags", withKind(facts.fieldForbidden, ref)) : noViolations;
    case "labels without name and namespace":
      return isSet(labels) && (isSet(name) || isSet(namespace))
        ? say("labels", "either labels or name and namespace must be specified")
        : noViolations;
    case "labels without name":
      return isSet(labels) && (isSet(name) || isSet(namespace))
        ? say("labels", "either labels or name must be specified")
        : noViolations;
    case "labels without sectionName":
      return isSet(labels) && isSet(sectionName)
        ? say("sectionName", "sectionName should not be combined with labels")
        : noViolations;
    case "proxyTypes not empty":
      return ref.proxyTypes?.length === 0
        ? say("proxyTypes", "must be undefined or have at least one element")
        : noViolations;
    case "sectionName inbound only":
      return isSet(sectionName) && !isInboundPolicy
        ? say("sectionName", "can only be used with inbound policies")
        : noViolations;
  }
}

/** The field that each check does not want. */
const forbidden = {
  "no name": "name",
  "no mesh": "mesh",
  "no tags": "tags",
  "no proxyTypes": "proxyTypes",
  "no labels": "labels",
  "no namespace": "namespace",
  "no sectionName": "sectionName",
} as const satisfies Partial<Record<TargetRefCheck, keyof TargetRef>>;

function checkName(name: string, { referenceName }: SpecFacts): readonly LocatedViolation[] {
  switch (referenceName) {
    case "dashes-and-underscores":
      return /^[0-9a-z\-_]*$/.test(name)
        ? noViolations
        : say(
            "name",
            "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_' symbols.",
          );
    case "and-dots":
      return /^[0-9a-z.\-_]*$/.test(name)
        ? noViolations
        : say("name", "invalid characters: must consist of lower case alphanumeric characters, '-', '.' and '_'.");
  }
}

function withKind(text: string, { kind }: TargetRef): string {
  return text.replace("{kind}", () => kind);
}

/** Kuma's "set": a string, list or map that is not empty. */
function isSet(value: string | readonly string[] | Readonly<Record<string, string>> | undefined): boolean {
  if (value === undefined || typeof value === "string") return value !== undefined && value !== "";
  return Object.keys(value).length > 0;
}
