import { goQuote } from "@meshlog/parser";
import { dnsSubdomainProblems } from "./dns-subdomain.ts";
import type { Match } from "./policy.ts";
import { spiffeIdProblem } from "./spiffe-id.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/** Kuma's checks of what an inbound rule matches. A prefix must itself be a whole SPIFFE id. */
export function checkMatch({ spiffeID, sni }: Match, at: Path): readonly LocatedViolation[] {
  const problem = spiffeID === undefined ? undefined : spiffeIdProblem(spiffeID.value);
  return [
    ...(problem === undefined ? [] : [violation([...at, "spiffeID"], `must be a valid Spiffe ID: ${problem}`)]),
    ...(sni === undefined ? [] : checkSni(sni, [...at, "sni"])),
  ];
}

/** The type is the schema's business, but for a field in another case, which the schema does not see. */
function checkSni(
  { type, value }: { readonly type: string; readonly value: string },
  at: Path,
): readonly LocatedViolation[] {
  const typeProblem = type === "" ? "must be set" : `unrecognized type ${goQuote(type)}, supported values are: Exact`;
  const valueProblems = value === "" ? ["must be set"] : dnsSubdomainProblems(value);
  return [
    ...(type === "Exact" ? [] : [violation([...at, "type"], typeProblem)]),
    ...valueProblems.map((message) => violation([...at, "value"], message)),
  ];
}
