import { describe, expect, it } from "vitest";
import { policyFacts } from "../../src/validate/behaviours.ts";
import { meshAccessLogSchema } from "../../src/validate/mesh-access-log-schema.ts";
import { lineOf } from "../kuma/lines.ts";
import { decoded } from "./decoded.ts";

const schema = (line: string) => meshAccessLogSchema(policyFacts(lineOf(line))).decoded;

describe("decoding, as Go does it,", () => {
  it("takes keys in any case, its own first, and drops what it does not know", () => {
    const document = "{SPEC: {TargetRef: {KIND: Mesh, other: 1}}, Spec: {to: []}}";
    expect(decoded(schema("2.9"), document).value).toMatchObject({
      spec: { targetRef: { kind: "Mesh" }, to: [] },
    });
    expect(decoded(schema("2.9"), document, false).value).toEqual({ spec: {} });
  });

  it("reads null as absent, and fills what is no pointer", () => {
    expect(decoded(schema("2.0"), "spec: {to: [{default: null}], from: null}").value).toEqual({
      spec: { targetRef: { kind: "" }, to: [{ targetRef: { kind: "" }, default: {} }] },
    });
  });

  it.each([
    [{ to: ["a"] }, "json: cannot unmarshal string into Go struct field MeshAccessLog.spec.to of type v1alpha1.To"],
    [
      { targetRef: { tags: { a: 1 } } },
      "json: cannot unmarshal number into Go struct field TargetRef.spec.targetRef.tags of type string",
    ],
    [
      { to: [{ default: { backends: { a: 1 } } }] },
      "json: cannot unmarshal object into Go struct field Conf.spec.to.default.backends of type []v1alpha1.Backend",
    ],
    [
      { to: [{ default: { backends: [{ tcp: { format: { json: [{ key: true }] } } }] } }] },
      "json: cannot unmarshal bool into Go struct field JsonValue.spec.to.default.backends.tcp.format.json.key of type string",
    ],
  ])("stumbles over %j", (spec, error) => {
    expect(decoded(schema("2.0"), JSON.stringify({ spec })).error).toBe(error);
  });
});
