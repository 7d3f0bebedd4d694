import { dnsSubdomainProblems } from "./dns-subdomain.ts";
import type { Match } from "./policy.ts";
import { spiffeIdProblem } from "./spiffe-id.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/** Kuma's checks of what an inbound rule matches. A prefix must itself be a whole SPIFFE id. */
export function checkMatch({ spiffeID, sni }: Match, at: Path): readonly LocatedViolation[] {
  const problem = spiffeID === undefined ? undefined : spiffeIdProblem(spiffeID.value);
  return [
    ...(problem === undefined ? [] : [violation([...at, "spiffeID"], `must be a valid Spiffe ID: ${problem}`)]),
    ...(sni === undefined ? [] : checkSni(sni.value, [...at, "sni", "value"])),
  ];
}

function checkSni(value: string, at: Path): readonly LocatedViolation[] {
  if (value === "") return [violation(at, "must be set")];
  return dnsSubdomainProblems(value).map((message) => violation(at, message));
}
