import type { PolicyFacts } from "../kuma/policy-facts.ts";

/** What of a release decides what its validator says of a spec, and of one that it accepts. */
export type SpecFacts = Pick<
  PolicyFacts,
  | "attributeNames"
  | "backendChecks"
  | "checksRules"
  | "combination"
  | "deprecatedTopKinds"
  | "deprecatesEndpoint"
  | "deprecatesFrom"
  | "fieldForbidden"
  | "fieldRequired"
  | "formatChecks"
  | "hasGatewayRoutes"
  | "hasOpenTelemetry"
  | "kindMissing"
  | "kindUnsupported"
  | "openTelemetryDestination"
  | "referenceName"
  | "targetRefChecks"
  | "toKinds"
  | "toKindsOfGateway"
  | "topKinds"
>;

const names: Readonly<Record<keyof SpecFacts, true>> = {
  attributeNames: true,
  backendChecks: true,
  checksRules: true,
  combination: true,
  deprecatedTopKinds: true,
  deprecatesEndpoint: true,
  deprecatesFrom: true,
  fieldForbidden: true,
  fieldRequired: true,
  formatChecks: true,
  hasGatewayRoutes: true,
  hasOpenTelemetry: true,
  kindMissing: true,
  kindUnsupported: true,
  openTelemetryDestination: true,
  referenceName: true,
  targetRefChecks: true,
  toKinds: true,
  toKindsOfGateway: true,
  topKinds: true,
};

/** What of a release decides what its validator says of a spec, and nothing else. */
export function specFacts(facts: PolicyFacts): SpecFacts {
  const entries = (Object.keys(names) as (keyof SpecFacts)[]).map((name) => [name, facts[name]]);
  return Object.fromEntries(entries) as SpecFacts;
}
