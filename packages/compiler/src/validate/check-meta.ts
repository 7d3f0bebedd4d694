import type { PolicyFacts } from "../kuma/policy-facts.ts";
import { type LocatedViolation, noViolations, violation } from "./violation.ts";

/** The syntax of a policy's name (pkg/core/resources/apis/mesh/meta_validator.go). */
export function checkName(name: string, { nameSyntax }: PolicyFacts): readonly LocatedViolation[] {
  switch (nameSyntax) {
    case "characters":
      return checkSyntax("name", name, /^[0-9a-z\-_]*$/, dashes);
    case "subdomain":
      return checkSubdomain(name);
  }
}

/** The syntax of the name of a mesh (in the same file). */
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
  field: "name" | "mesh",
  text: string,
  characters: RegExp,
  message: string,
  maxBytes = Number.POSITIVE_INFINITY,
): readonly LocatedViolation[] {
  if (text === "") return [violation([field], "cannot be empty")];
  if (text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes) {
    return [violation([field], "value length must less or equal 253")];
  }
  return characters.test(text) ? noViolations : [violation([field], message)];
}
