import type { TargetRefCheck } from "../kuma/policy-facts.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { checkTags, tagSyntax } from "./check-tags.ts";
import type { TargetRef } from "./policy.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/** What a position allows. */
export interface TargetRefOptions {
  readonly kinds: readonly string[];
  /** The policy has `rules` or `from`: a section of a Dataplane can be selected. */
  readonly isInboundPolicy: boolean;
  /** Whether a MeshGateway may be narrowed to listeners by tags: not by default. */
  readonly allowsListenerTags?: boolean;
}

/**
 * Kuma's checks of a targetRef, in the order of its table for the kind (pkg/core/resources/apis/mesh/validators.go, up to
 * 2.4 pkg/plugins/policies/core/matchers/validators/validator.go).
 */
export function checkTargetRef(
  ref: TargetRef,
  at: Path,
  options: TargetRefOptions,
  facts: SpecFacts,
): readonly LocatedViolation[] {
  if (ref.kind === "") return [violation([...at, "kind"], facts.kindMissing)];
  if (!options.kinds.includes(ref.kind)) return [violation([...at, "kind"], withKind(facts.kindUnsupported, ref))];
  const checks = Object.hasOwn(facts.targetRefChecks, ref.kind) ? facts.targetRefChecks[ref.kind] : [];
  return (checks ?? []).flatMap((check) => apply(check, { ref, at, options, facts }));
}

interface Subject {
  readonly ref: TargetRef;
  readonly at: Path;
  readonly options: TargetRefOptions;
  readonly facts: SpecFacts;
}

function apply(check: TargetRefCheck, subject: Subject): readonly LocatedViolation[] {
  const { ref, at, options, facts } = subject;
  const { name, namespace, labels, sectionName } = ref;
  const say = (field: keyof TargetRef, message: string): readonly LocatedViolation[] => [
    violation([...at, field], message),
  ];
  switch (check) {
    case "no name":
    case "no mesh":
    case "no tags":
    case "no proxyTypes":
    case "no labels":
    case "no namespace":
    case "no sectionName": {
      const field = check.slice("no ".length) as keyof TargetRef;
      return isSet(ref[field]) ? say(field, withKind(facts.fieldForbidden, ref)) : [];
    }
    case "no name yet":
      return isSet(name) ? say("name", `using name with kind ${ref.kind} is not yet supported`) : [];
    case "name":
    case "labels":
      return isSet(ref[check]) ? [] : say(check, withKind(facts.fieldRequired, ref));
    case "name without labels":
      return isSet(name) || isSet(labels) ? [] : say("name", withKind(facts.fieldRequired, ref));
    case "name or labels":
      return isSet(name) || isSet(labels) ? [] : [violation(at, `name or labels must be set when kind is ${ref.kind}`)];
    case "name syntax":
      return checkName(name ?? "", say, facts);
    case "tag syntax":
      return checkTags(ref.tags ?? {}, [...at, "tags"], tagSyntax.tag);
    case "tag selector syntax":
      return checkTags(ref.tags ?? {}, [...at, "tags"], tagSyntax.selector);
    case "listener tags":
      return isSet(ref.tags) && options.allowsListenerTags !== true
        ? say("tags", withKind(facts.fieldForbidden, ref))
        : [];
    case "labels without name and namespace":
      return isSet(labels) && (isSet(name) || isSet(namespace))
        ? say("labels", "either labels or name and namespace must be specified")
        : [];
    case "labels without name":
      return isSet(labels) && (isSet(name) || isSet(namespace))
        ? say("labels", "either labels or name must be specified")
        : [];
    case "labels without sectionName":
      return isSet(labels) && isSet(sectionName)
        ? say("sectionName", "sectionName should not be combined with labels")
        : [];
    case "proxyTypes not empty":
      return ref.proxyTypes?.length === 0 ? say("proxyTypes", "must be undefined or have at least one element") : [];
    case "sectionName inbound only":
      return isSet(sectionName) && !options.isInboundPolicy
        ? say("sectionName", "can only be used with inbound policies")
        : [];
  }
}

function checkName(
  name: string,
  say: (field: keyof TargetRef, message: string) => readonly LocatedViolation[],
  { referenceName }: SpecFacts,
): readonly LocatedViolation[] {
  switch (referenceName) {
    case "dashes-and-underscores":
      return /^[0-9a-z\-_]*$/.test(name)
        ? []
        : say(
            "name",
            "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_' symbols.",
          );
    case "and-dots":
      return /^[0-9a-z.\-_]*$/.test(name)
        ? []
        : say("name", "invalid characters: must consist of lower case alphanumeric characters, '-', '.' and '_'.");
  }
}

function withKind(text: string, { kind }: TargetRef): string {
  return text.replace("{kind}", () => kind);
}

/** Kuma's "set": a string, list or map that is not empty. */
function isSet(value: string | readonly string[] | Readonly<Record<string, string>> | undefined): boolean {
  return value !== undefined && (typeof value === "object" ? Object.keys(value).length > 0 : value !== "");
}
