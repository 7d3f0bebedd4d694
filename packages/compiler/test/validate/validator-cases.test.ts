import { describe, expect, it } from "vitest";
import type { Violation } from "../../src/diagnostics.ts";
import { policyFacts } from "../../src/validate/behaviours.ts";
import { checkSpec } from "../../src/validate/check-spec.ts";
import { checkTargetRef } from "../../src/validate/check-target-ref.ts";
import { judgeDecoded } from "../../src/validate/judge-policy.ts";
import { meshAccessLogSchema } from "../../src/validate/mesh-access-log-schema.ts";
import type { MeshAccessLogSpec, TargetRef } from "../../src/validate/policy.ts";
import type { Schema } from "../../src/validate/schema.ts";
import { within } from "../../src/validate/violation.ts";
import { lineOf } from "../kuma/lines.ts";
import { readShared } from "../shared.ts";
import { decoded } from "./decoded.ts";

/** A row of a table of Kuma's own tests, which ask the second stage alone. */
interface Case {
  readonly name: string;
  readonly input_yaml: string;
  readonly options?: {
    readonly supported_kinds?: readonly string[];
    readonly IsInboundPolicy?: "true";
    readonly GatewayListenerTagsAllowed?: "true";
  };
  readonly expected_violations: readonly Violation[] | null;
}

const tags = [
  ..."2.0.8 2.1.7 2.2.9 2.3.7 2.4.10 2.5.11 2.6.15 v2.7.29 2.8.8 2.9.19".split(" "),
  ..."v2.10.11 v2.11.18 v2.12.14 v2.13.10 v2.14.3 HEAD".split(" "),
];

describe.each(tags)("Kuma's own tables at %s", (tag) => {
  const release = lineOf(tag);
  const facts = policyFacts(release);
  const spec = meshAccessLogSchema(facts).decoded.properties?.["spec"] ?? {};

  table(`${tag}/meshaccesslog.json`, ({ input_yaml }) => {
    const value = decoded(spec, input_yaml).value as MeshAccessLogSpec;
    const bySchema = facts.schemaStage === "decoded" ? judgeDecoded(value, facts) : [];
    return bySchema.length > 0 ? bySchema : checkSpec(value, facts);
  });

  const targetRef = withAllKinds(spec.properties?.["targetRef"] ?? {});
  table(`${tag}/targetref.json`, ({ input_yaml, options: given = {} }) => {
    const ref = decoded({ ...targetRef, isValue: true }, input_yaml).value as TargetRef;
    const options = {
      kinds: given.supported_kinds ?? [],
      isInboundPolicy: given.IsInboundPolicy === "true",
      allowsListenerTags: given.GatewayListenerTagsAllowed === "true",
      facts,
    };
    return within("targetRef", checkTargetRef(ref, options));
  });
});

/** The rows of a table; the name of the test says how many there are. */
function table(path: string, judge: (row: Case) => readonly Violation[]): void {
  const text = readShared(`conformance/validator-cases/${path}`);
  const rows = text === undefined ? [] : (JSON.parse(text) as readonly Case[]);
  it.skipIf(text === undefined)(`${path}: ${rows.length} rows`, () => {
    for (const row of rows) {
      const found = judge(row).map(({ field, message }) => ({ field, message }));
      expect(found, `${row.name}\n${row.input_yaml}`).toEqual(row.expected_violations ?? []);
    }
  });
}

/** Only the second stage is asked, so kinds that the schema would refuse get there. */
function withAllKinds({ properties = {}, ...schema }: Schema): Schema {
  return { ...schema, properties: { ...properties, kind: { type: "string", isValue: true } } };
}
