import type { PolicyFacts } from "../kuma/policy-facts.ts";
import { type LocatedViolation, violation } from "./violation.ts";

/** What a resource is called, as written: absent is empty. */
export interface Meta {
  readonly name: string;
  readonly mesh: string;
}

/** The syntax of a policy's name and mesh (pkg/core/resources/apis/mesh/meta_validator.go). */
export function checkMeta({ name, mesh }: Meta, facts: PolicyFacts): readonly LocatedViolation[] {
  return [...checkName(name, facts), ...checkMesh(mesh, facts)];
}

function checkName(name: string, { nameSyntax }: PolicyFacts): readonly LocatedViolation[] {
  switch (nameSyntax) {
    case "characters":
      return checkSyntax("name", name, /^[0-9a-z\-_]*$/, dashes);
    case "subdomain":
      return checkSubdomain(name);
  }
}

/** The syntax of the name of a mesh. */
export function checkMesh(mesh: string, { nameSyntax }: PolicyFacts): readonly LocatedViolation[] {
  switch (nameSyntax) {
    case "characters":
      return checkSyntax("mesh", mesh, /^[0-9a-z\-_]*$/, dashes);
    case "subdomain":
      return checkSyntax("mesh", mesh, /^[0-9a-z\-_.]*$/, dots, 253);
  }
}

/** The name of an object of Kubernetes, which the API server there sees to in every version. */
export function checkObjectName(objectName: string): readonly LocatedViolation[] {
  return checkSubdomain(objectName);
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
  if (text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes) {
    return [violation([field], "value length must less or equal 253")];
  }
  return characters.test(text) ? [] : [violation([field], message)];
}
