import { target, type Target } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load } from "../../src/source/load.ts";
import type { Resource } from "../../src/source/resources.ts";
import { behaviours, policyFacts } from "../../src/validate/behaviours.ts";
import { decode, decodedAspects } from "../../src/validate/decode.ts";
import { judgeBySchemas, judgedAspects } from "../../src/validate/judge-by-schema.ts";
import { type Judgement, judgePolicy } from "../../src/validate/judge-policy.ts";
import { meshAccessLogSchema } from "../../src/validate/mesh-access-log-schema.ts";
import type { MeshAccessLogSpec } from "../../src/validate/policy.ts";
import { PolicyStages } from "../../src/validate/policy-stages.ts";
import { SchemaPlace } from "../../src/validate/schema-place.ts";
import type { SpecFacts } from "../../src/validate/spec-facts.ts";
import { lineOf } from "../kuma/lines.ts";
import { rootMap } from "../source/read.ts";
import { randomPolicy } from "./random-policy.ts";

/** What each behaviour of a target makes of a policy, by its first member. */
function judgements(resource: Resource, range: Target): ReadonlyMap<string, Judgement> {
  const { list, schemas } = behaviours(range, "no-labels");
  const stages = new PolicyStages(resource, schemas, {});
  return new Map(
    list.map((behaviour) => {
      const { unknownFields, ...judgement } = judgePolicy(resource, stages, behaviour, {});
      const byPlace = unknownFields.toSorted((a, b) => (JSON.stringify(a.at) < JSON.stringify(b.at) ? -1 : 1));
      return [behaviour.members[0] ?? "", { ...judgement, unknownFields: byPlace }];
    }),
  );
}

function targetOf(kuma: string): Target {
  const { value } = target({ kuma, allPatches: true });
  if (value === undefined) throw new Error(`no ${kuma}`);
  return value;
}

// The same policies every time; 10,000 others were run once.
it("what releases make of a policy together is what each makes of it alone", () => {
  const everything = targetOf("2.0..main");
  const alone = behaviours(everything, "no-labels").list.map(({ members }) => targetOf(members[0] ?? ""));
  fc.assert(
    fc.property(randomPolicy, (policy) => {
      const [resource] = load([{ path: "a.json", content: JSON.stringify(policy) }]).value.resources;
      if (resource?.kind !== "MeshAccessLog") return;
      const together = judgements(resource, everything);
      const each = new Map(alone.flatMap((one) => [...judgements(resource, one)]));
      expect(together).toEqual(each);
    }),
    { numRuns: 200, seed: 7 },
  );
});

it("releases that find the same say it in orders of their own", () => {
  const text = "{type: MeshAccessLog, mesh: m, name: a, status: 1, spec: {targetRef: {}}}";
  const [resource] = load([{ path: "a.yaml", content: text }]).value.resources;
  if (resource === undefined) throw new Error(`no resource: ${text}`);
  const said = Array.from(judgements(resource, targetOf("2.14.3,main")).values(), ({ violations }) =>
    violations.map(({ field, message }) => `${field} ${message}`.trim()),
  );
  const ofStatus = 'status in body must be of type object: "number"';
  const ofKind = "spec.targetRef.kind in body is required";
  expect(said).toEqual([
    [ofStatus, ofKind],
    [ofKind, ofStatus],
  ]);
});

const openTelemetry = { type: "OpenTelemetry", openTelemetry: { endpoint: "otel:4317" } };
const to = [{ targetRef: { kind: "MeshService", name: "a" }, default: { backends: [openTelemetry] } }];

/** What random policies seldom are. */
const rarePolicy = fc
  .constantFrom({ kind: "Mesh" }, { kind: "MeshGateway", name: "a" }, { kind: "MeshGatewayRoute", name: "a" })
  .map((targetRef) => ({ type: "MeshAccessLog", mesh: "default", name: "a", spec: { targetRef, to } }));

// The same specs every time; 100,000 others were run once.
it("a release says of a spec what it says alone, whichever fact tells it from the one before", () => {
  const { list, schemas } = behaviours(targetOf("2.0..main"), "no-labels");
  const ofReleases = list.map(({ ofSpec }) => ofSpec);
  // How backends and formats are checked goes together.
  const names = (Object.keys(ofReleases[0] ?? {}) as (keyof SpecFacts)[]).filter(
    (name) => name !== "backendChecks" && name !== "formatChecks",
  );
  fc.assert(
    fc.property(
      fc.oneof({ arbitrary: randomPolicy, weight: 9 }, { arbitrary: rarePolicy, weight: 1 }),
      fc.constantFrom(...list),
      fc.constantFrom(...names),
      fc.constantFrom(...ofReleases),
      (policy, behaviour, name, other) => {
        const [resource] = load([{ path: "a.json", content: JSON.stringify(policy) }]).value.resources;
        if (resource?.kind !== "MeshAccessLog") return;
        const stages = new PolicyStages(resource, schemas, {});
        const { spec } = stages.decoded.value(behaviour.index) as { readonly spec: MeshAccessLogSpec };
        const facts = { ...behaviour.ofSpec, [name]: other[name] };
        stages.ofSpec(spec, behaviour.ofSpec);
        expect(stages.ofSpec(spec, facts)).toEqual(new PolicyStages(resource, schemas, {}).ofSpec(spec, facts));
      },
    ),
    { numRuns: 5000, seed: 7 },
  );
});

const schemaOf = (line: string) => meshAccessLogSchema(policyFacts(lineOf(line)));

/** Specs as some lines decode them. */
function specs(text: string, ...lines: readonly string[]): readonly MeshAccessLogSpec[] {
  const schemas = lines.map((line) => schemaOf(line).decoded);
  const decoded = decode(SchemaPlace.root(schemas, decodedAspects), rootMap(text), true);
  return lines.map((_, i) => (decoded.value(i) as { readonly spec: MeshAccessLogSpec }).spec);
}

describe("what is decoded by several schemas", () => {
  const text =
    "spec: {targetRef: {kind: Mesh}, to: [{targetRef: {kind: Mesh}, default: {backends: [{type: File, file: {path: /a}}]}}]}";

  it("is one object where they make the same of it", () => {
    const [first, second] = specs(text, "2.9", "2.13");
    expect(first).toBe(second);
  });

  it("has the parts in common that all make alike", () => {
    const [first, second] = specs(text, "2.2", "2.9");
    expect(first?.to?.[0]?.default.backends).toEqual([{ file: { path: "/a" } }]);
    expect(second?.to?.[0]?.default.backends).toEqual([{ type: "File", file: { path: "/a" } }]);
    expect(first?.to?.[0]?.default.backends?.[0]?.file).toBe(second?.to?.[0]?.default.backends?.[0]?.file);
    expect(first?.targetRef).toBe(second?.targetRef);
  });

  it("has the fields in the order of their names, whether they differ or not", () => {
    const [first, second] = specs("spec: {targetRef: {proxyTypes: [], name: a, kind: Mesh, mesh: b}}", "2.2", "2.9");
    expect(Object.keys(first?.targetRef ?? {})).toEqual(["kind", "mesh", "name"]);
    expect(Object.keys(second?.targetRef ?? {})).toEqual(["kind", "mesh", "name", "proxyTypes"]);
  });

  it("has for each the error that it stumbles over first", () => {
    const schemas = ["2.2", "2.9"].map((line) => schemaOf(line).decoded);
    const root = rootMap("spec: {targetRef: {labels: 1, name: 2}}");
    const decoded = decode(SchemaPlace.root(schemas, decodedAspects), root, true);
    expect([decoded.error(0), decoded.error(1)]).toEqual([
      "json: cannot unmarshal number into Go struct field TargetRef.spec.targetRef.name of type string",
      "json: cannot unmarshal number into Go struct field TargetRef.spec.targetRef.labels of type map[string]string",
    ]);
  });
});

it("schemas that say the same have one judgement, and those that say nothing none", () => {
  const schemas = ["2.1", "2.2", "2.9", "2.10"].map((line) => schemaOf(line).universal);
  const root = rootMap(
    "{type: MeshAccessLog, mesh: m, name: a, spec: {to: [{targetRef: {kind: Mesh}, default: {backends: [{type: File}]}}]}}",
  );
  const found = judgeBySchemas(SchemaPlace.root(schemas, judgedAspects), root);
  expect(found[0]?.unknownFields).toEqual([{ at: ["spec", "to", 0, "default", "backends", 0, "type"], name: "type" }]);
  expect(found[1]).toBe(found[0]);
  expect([found[2], found[3]]).toEqual([undefined, undefined]);
});
