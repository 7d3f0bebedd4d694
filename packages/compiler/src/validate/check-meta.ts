import type { ResourceIdentity } from "../diagnostics.ts";
import { type LocatedViolation, violation } from "./violation.ts";

const nameCharacters = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const meshCharacters = /^[0-9a-z-_.]*$/;

/** The syntax of a policy's name and mesh (pkg/core/resources/apis/mesh/meta_validator.go:64@v2.14.3). */
export function checkMeta({ name, mesh }: ResourceIdentity): readonly LocatedViolation[] {
  const nameProblem = syntaxProblem(
    name,
    nameCharacters,
    "invalid characters. A lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
      "and must start and end with an alphanumeric character",
  );
  const meshProblem = syntaxProblem(
    mesh,
    meshCharacters,
    "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_', '.' symbols.",
  );
  return [
    ...(nameProblem === undefined ? [] : [violation(["name"], nameProblem)]),
    ...(meshProblem === undefined ? [] : [violation(["mesh"], meshProblem)]),
  ];
}

/** One of three messages, or none. */
function syntaxProblem(text: string, characters: RegExp, message: string): string | undefined {
  if (text === "") return "cannot be empty";
  if (text.length > 253) return "value length must less or equal 253";
  return characters.test(text) ? undefined : message;
}
