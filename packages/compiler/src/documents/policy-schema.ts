import type { KumaRelease } from "@meshlog/parser";
import { type JsonSchema, policyJsonSchema, type PolicyShape } from "../validate/json-schema.ts";
import type { SchemaShape } from "./schema-shapes.ts";
import { starterPolicy } from "./starter-policy.ts";

/**
 * The JSON Schema (draft 7) of the MeshAccessLogs in a file, lists of Kubernetes included. Resources of other kinds
 * pass, so that it can be given to a whole folder. For several releases a policy has to be right for each.
 */
export function policySchema(releases: readonly KumaRelease[], shape: SchemaShape): JsonSchema {
  const shapes: readonly PolicyShape[] = shape === "both" ? ["universal", "kubernetes"] : [shape];
  const definitions = new Map<string, JsonSchema>();
  const checks = shapes.map((one) => {
    const distinct = new Map(releases.map((kuma) => [JSON.stringify(policyJsonSchema(kuma, one)), kuma]));
    const refs = Array.from(distinct.values(), (kuma) => {
      const name = `${one}-${kuma.name}`;
      definitions.set(name, policyJsonSchema(kuma, one));
      return { $ref: `#/definitions/${name}` };
    });
    const [only, another] = refs;
    return { if: heads[one], then: another === undefined ? only : { allOf: refs } };
  });
  const newest = releases.at(-1);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `MeshAccessLog of Kuma ${releases.map(({ name }) => name).join(", ")}`,
    description: "Which traffic of a mesh is logged, where to, and how.",
    type: "object",
    ...(newest && { defaultSnippets: shapes.map((one) => snippet(newest, one)) }),
    ...[...checks, inLists].reduceRight((otherwise, one) => ({ ...one, else: otherwise }), {}),
    definitions: Object.fromEntries(definitions),
  };
}

/** What tells a policy from other resources. */
const heads: Readonly<Record<PolicyShape, JsonSchema>> = {
  universal: { required: ["type"], properties: { type: { const: "MeshAccessLog" } } },
  kubernetes: {
    required: ["apiVersion", "kind"],
    properties: { apiVersion: { pattern: "^kuma\\.io/" }, kind: { const: "MeshAccessLog" } },
  },
};

/** The items of a list of Kubernetes, or of what kumactl prints. */
const inLists: JsonSchema = {
  if: { required: ["items"] },
  then: { properties: { items: { type: "array", items: { $ref: "#" } } } },
};

/** What an editor of YAML offers in an empty document. */
function snippet(kuma: KumaRelease, shape: PolicyShape): JsonSchema {
  const where = shape === "universal" ? "Universal" : "Kubernetes";
  return {
    label: `MeshAccessLog (${where})`,
    description: "A policy that logs incoming requests.",
    body: starterPolicy(kuma, shape),
  };
}
