import type { PolicyFacts } from "../kuma/policy-facts.ts";
import { type LocatedViolation, violation } from "./violation.ts";

/** What a resource is called, as written: absent is empty. */
export interface Meta {
  readonly name: string;
  readonly mesh: string;
}

/** The syntax of a policy's name and mesh (pkg/core/resources/apis/mesh/meta_validator.go). */
export function checkMeta({ name, mesh }: Meta, { nameSyntax }: PolicyFacts): readonly LocatedViolation[] {
  switch (nameSyntax) {
    case "characters":
      return [
        ...checkSyntax("name", name, /^[0-9a-z\-_]*$/, dashes),
        ...checkSyntax("mesh", mesh, /^[0-9a-z\-_]*$/, dashes),
      ];
    case "subdomain":
      return [...checkSubdomain(name), ...checkSyntax("mesh", mesh, /^[0-9a-z\-_.]*$/, dots, 253)];
  }
}

/** The same of an object of Kubernetes, whose API server sees to its name in every version. */
export function checkObjectMeta(objectName: string, mesh: string, facts: PolicyFacts): readonly LocatedViolation[] {
  return [...checkSubdomain(objectName), ...checkMeta({ name: "a", mesh }, facts)];
}

const dashes = "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_' symbols.";
const dots = "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_', '.' symbols.";
const subdomain =
  "invalid characters. A lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
  "and must start and end with an alphanumeric character";

function checkSubdomain(name: string): readonly LocatedViolation[] {
  return checkSyntax("name", name, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, subdomain, 253);
}

/** One of three messages, or none. */
function checkSyntax(
  field: keyof Meta,
  text: string,
  characters: RegExp,
  message: string,
  maxBytes = Number.POSITIVE_INFINITY,
): readonly LocatedViolation[] {
  if (text === "") return [violation([field], "cannot be empty")];
  if (new TextEncoder().encode(text).length > maxBytes) {
    return [violation([field], "value length must less or equal 253")];
  }
  return characters.test(text) ? [] : [violation([field], message)];
}
