import type { PolicyFacts } from "../kuma/policy-facts.ts";
import { oncePerPair } from "../once-per-pair.ts";
import { kindMessage } from "./deprecations.ts";
import { findBackend, itemLists } from "./find-backend.ts";
import { ownValue } from "./own-value.ts";
import { type Backend, has, type MeshAccessLogSpec, type ToItem } from "./policy.ts";

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

/** What a spec meets of a difference between the facts of two releases. */
interface Difference {
  readonly spec: MeshAccessLogSpec;
  /** Whether the first of the releases finds something wrong. */
  readonly isToldOf: boolean;
  readonly a: SpecFacts;
  readonly b: SpecFacts;
}

type Matters = (difference: Difference) => boolean;

const always: Matters = () => true;
const inTexts: Matters = ({ isToldOf }) => isToldOf;
const ofOpenTelemetry: Matters = ({ spec }) => findBackend(spec, itemLists, logsToOpenTelemetry) !== undefined;

/**
 * When a fact that releases do not share makes a difference: of a spec that does not meet any such fact they say the same.
 * Whatever is not sure makes one.
 */
const matters: Readonly<Record<keyof SpecFacts, Matters>> = {
  attributeNames: ofOpenTelemetry,
  backendChecks: always,
  checksRules: ({ spec }) => has(spec.rules),
  combination: always,
  deprecatedTopKinds: ({ spec, a, b }) => kindMessage(spec, a) !== kindMessage(spec, b),
  deprecatesEndpoint: ofOpenTelemetry,
  deprecatesFrom: ({ spec }) => has(spec.from),
  fieldForbidden: inTexts,
  fieldRequired: inTexts,
  formatChecks: always,
  hasGatewayRoutes: ({ spec }) => topKind(spec) === "MeshGatewayRoute",
  hasOpenTelemetry: always,
  kindMissing: inTexts,
  kindUnsupported: inTexts,
  openTelemetryDestination: ofOpenTelemetry,
  referenceName: always,
  targetRefChecks: ({ spec, a, b }) => someKind(spec, (kind) => !haveSameChecks(kind, a, b)),
  toKinds: ({ spec, a, b }) => someKind(spec, (kind) => a.toKinds.includes(kind) !== b.toKinds.includes(kind)),
  toKindsOfGateway: ({ spec }) => topKind(spec) === "MeshGateway",
  topKinds: ({ spec, a, b }) => a.topKinds.includes(topKind(spec)) !== b.topKinds.includes(topKind(spec)),
};

const names = Object.keys(matters) as (keyof SpecFacts)[];

/** What of a release decides what its validator says of a spec, and nothing else. */
export function specFacts(facts: PolicyFacts): SpecFacts {
  return Object.fromEntries(names.map((name) => [name, facts[name]])) as SpecFacts;
}

/**
 * Whether two releases say the same of a spec, as they differ in nothing that it meets.
 *
 * @param isToldOf whether the first one finds something wrong.
 */
export function sayTheSame(spec: MeshAccessLogSpec, isToldOf: boolean, a: SpecFacts, b: SpecFacts): boolean {
  const difference = { spec, isToldOf, a, b };
  for (const name of differences(a, b)) if (matters[name](difference)) return false;
  return true;
}

/** The names of the facts that two releases do not share. */
const differences = oncePerPair((a: SpecFacts, b: SpecFacts): readonly (keyof SpecFacts)[] =>
  names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name])),
);

function logsToOpenTelemetry({ openTelemetry }: Backend): boolean {
  return openTelemetry !== undefined;
}

function topKind({ targetRef }: MeshAccessLogSpec): string {
  return targetRef?.kind ?? "";
}

/** Whether something is true of one of the kinds that a spec names. */
function someKind(spec: MeshAccessLogSpec, test: (kind: string) => boolean): boolean {
  return test(topKind(spec)) || someKindOf(spec.to, test) || someKindOf(spec.from, test);
}

function someKindOf(items: readonly ToItem[] | undefined, test: (kind: string) => boolean): boolean {
  return items?.some(({ targetRef }) => test(targetRef.kind)) === true;
}

function haveSameChecks(kind: string, a: SpecFacts, b: SpecFacts): boolean {
  const [ofA = [], ofB = []] = [ownValue(a.targetRefChecks, kind), ownValue(b.targetRefChecks, kind)];
  return ofA.length === ofB.length && ofA.every((check, i) => check === ofB[i]);
}
