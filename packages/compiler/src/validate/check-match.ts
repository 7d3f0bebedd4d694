import { goQuote } from "@meshlog/parser";
import { dnsSubdomainProblems } from "./dns-subdomain.ts";
import type { Match } from "./policy.ts";
import { spiffeIdProblem } from "./spiffe-id.ts";
import { joined, type LocatedViolation, noViolations, violation, within } from "./violation.ts";

/** Kuma's checks of what an inbound rule matches. A prefix must itself be a whole SPIFFE id. */
export function checkMatch({ spiffeID, sni }: Match): readonly LocatedViolation[] {
  const problem = spiffeID === undefined ? undefined : spiffeIdProblem(spiffeID.value);
  return joined(
    problem === undefined ? noViolations : [violation(["spiffeID"], `must be a valid Spiffe ID: ${problem}`)],
    sni === undefined ? noViolations : within("sni", checkSni(sni)),
  );
}

/** The type is the schema's business, but for a field in another case, which the schema does not see. */
function checkSni({ type, value }: { readonly type: string; readonly value: string }): readonly LocatedViolation[] {
  const typeProblem = type === "" ? "must be set" : `unrecognized type ${goQuote(type)}, supported values are: Exact`;
  const valueProblems = value === "" ? ["must be set"] : dnsSubdomainProblems(value);
  return [
    ...(type === "Exact" ? [] : [violation(["type"], typeProblem)]),
    ...valueProblems.map((message) => violation(["value"], message)),
  ];
}
