import type { KumaRelease } from "@meshlog/parser";
import type { ItemList, PolicyFacts } from "../kuma/policy-facts.ts";
import { policyFacts } from "./behaviours.ts";
import { meshAccessLogSchema } from "./mesh-access-log-schema.ts";
import { meaningOf } from "./policy-fields.ts";
import type { Schema } from "./schema.ts";
import type { Path } from "./violation.ts";

/** A schema of JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The two ways in which a policy is written. */
export type PolicyShape = "universal" | "kubernetes";

/**
 * A MeshAccessLog of a release as JSON Schema: what Kuma's own schema says, what its validator says that can be said of
 * structure, and that there are no other fields, which Kuma would drop in silence. Kuma refuses or drops all that it
 * finds something about; the converse does not hold.
 */
export function policyJsonSchema(kuma: KumaRelease, shape: PolicyShape): JsonSchema {
  const facts = policyFacts(kuma);
  const { universal, kubernetes, decoded } = meshAccessLogSchema(facts);
  // Go knows times and labels before the schema does.
  const beside = shape === "universal" ? { ...decoded.properties, ...universal.properties } : kubernetes.properties;
  const whole = { ...(shape === "universal" ? universal : kubernetes), properties: beside ?? {} };
  const { properties, ...rest } = translate(whole, [], facts) as { readonly properties: Record<string, JsonSchema> };
  const own = shape === "universal" ? universalFields(facts) : kubernetesFields;
  const refined = Object.entries(own).map(([name, more]) => [name, { ...properties[name], ...more }]);
  return { ...rest, properties: { ...properties, ...Object.fromEntries(refined) } };
}

/** What Kuma checks of names (check-meta.ts). */
function universalFields({ nameSyntax }: PolicyFacts): Readonly<Record<string, JsonSchema>> {
  const pattern = nameSyntax === "characters" ? "^[0-9a-z_-]+$" : "^[0-9a-z._-]+$";
  return { name: { pattern }, mesh: { pattern } };
}

const kubernetesFields: Readonly<Record<string, JsonSchema>> = {
  apiVersion: { const: "kuma.io/v1alpha1" },
  kind: { const: "MeshAccessLog" },
  metadata: {
    type: "object",
    properties: {
      name: { type: "string", description: "The name of the object." },
      namespace: { type: "string", description: "The namespace: that of Kuma, or of the workloads it is for." },
      labels: {
        type: "object",
        description: "The label `kuma.io/mesh` names the mesh.",
        additionalProperties: { type: "string" },
        properties: { "kuma.io/mesh": { type: "string", description: "The mesh that the policy is of." } },
      },
    },
  },
};

function translate(schema: Schema, at: Path, facts: PolicyFacts): JsonSchema {
  const { type, properties, items, additionalProperties, nullable = false, default: filledIn, required } = schema;
  const { enum: values, minItems, minLength, maxLength, pattern, format, readOnly } = schema;
  const takesNull = nullable || (filledIn !== undefined && facts.schemaStage === "defaulted");
  const description = meaningOf(at);
  const own = compact({
    description,
    type: type !== undefined && takesNull ? [type, "null"] : type,
    enum: values,
    minItems,
    minLength,
    maxLength,
    pattern,
    format,
    readOnly,
    default: filledIn === "" ? undefined : filledIn,
    required,
    properties:
      properties &&
      Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, translate(one, [...at, name], facts)])),
    items: items && translate(items, [...at, 0], facts),
    additionalProperties: properties ? false : additionalProperties && translate(additionalProperties, [...at, ""], facts), // prettier-ignore
  });
  return { ...own, ...compact(refinement(at, own, facts)) };
}

/** What is known of a place beyond Kuma's schema. */
function refinement(at: Path, own: JsonSchema, facts: PolicyFacts): JsonSchema {
  const place = at.filter((step) => typeof step === "string").join(".");
  const isItem = typeof at.at(-1) === "number";
  const [, list = ""] = at;
  const required = (own["required"] ?? []) as readonly string[];
  const requires = (...names: readonly string[]): JsonSchema => ({ required: [...new Set([...required, ...names])] });
  switch (place) {
    case "spec":
      return { ...(facts.requiredTargetRefs === "items" ? {} : requires("targetRef")), ...combination(facts) };
    case "spec.targetRef":
    case "spec.to.targetRef":
    case "spec.from.targetRef":
      return requires("kind");
    case "spec.targetRef.kind":
      return kinds(facts.topKinds, own["description"], facts.deprecatedTopKinds);
    case "spec.to.targetRef.kind":
      return kinds(facts.toKinds);
    case "spec.from.targetRef.kind":
      return kinds(["Mesh"]);
    case "spec.from":
      return isItem ? requires("targetRef", "default") : deprecated(facts.deprecatesFrom, "Use `rules`.");
    case "spec.to":
      return isItem ? requires("targetRef", "default") : {};
    case "spec.to.default":
    case "spec.from.default":
    case "spec.rules.default":
      return isChecked(list as ItemList, facts) ? requires("backends") : {};
    case "spec.to.default.backends":
    case "spec.from.default.backends":
    case "spec.rules.default.backends":
      return isItem && isChecked(list as ItemList, facts) ? backend(facts) : {};
    default:
      return place.endsWith(".openTelemetry.endpoint")
        ? deprecated(facts.deprecatesEndpoint, "Use `backendRef` with a MeshOpenTelemetryBackend.")
        : {};
  }
}

/** Whether Kuma always looks at what a list holds. */
function isChecked(list: ItemList, { checksRules }: PolicyFacts): boolean {
  return list !== "rules" || checksRules === "always";
}

function kinds(taken: readonly string[], means?: unknown, warnings: Readonly<Record<string, string>> = {}): JsonSchema {
  const old = taken.filter((kind) => Object.hasOwn(warnings, kind));
  return { enum: taken, ...(old.length > 0 && { description: `${String(means)} Deprecated: ${old.join(", ")}.` }) };
}

function deprecated(isDeprecated: boolean, instead: string): JsonSchema {
  return isDeprecated ? { deprecated: true, deprecationMessage: `Deprecated. ${instead}` } : {};
}

/** How `to`, `from` and `rules` go together (check-spec.ts). */
function combination({ combination: rule, itemLists }: PolicyFacts): JsonSchema {
  const some = (list: ItemList): JsonSchema => ({ required: [list], properties: { [list]: { minItems: 1 } } });
  const others = itemLists.filter((list) => list !== "rules");
  return {
    // The first is what an editor says is missing.
    anyOf: itemLists.toReversed().map(some),
    ...(rule !== "to-or-from" && {
      if: some("rules"),
      then: { properties: Object.fromEntries(others.map((list) => [list, { maxItems: 0 }])) },
    }),
  };
}

/** What is checked of a backend (check-conf.ts): the body that `type` names, or the only one. */
function backend(facts: PolicyFacts): JsonSchema {
  const bodies: Readonly<Record<string, readonly [string, JsonSchema]>> = {
    File: ["file", { required: ["path"], properties: { path: { pattern: filePath }, format: format(facts) } }],
    Tcp: ["tcp", { required: ["address"], properties: { address: { minLength: 1 }, format: format(facts) } }],
    ...(facts.hasOpenTelemetry && { OpenTelemetry: ["openTelemetry", destination(facts)] as const }),
  };
  const has = ([name, body]: readonly [string, JsonSchema]): JsonSchema => ({
    required: [name],
    properties: { [name]: body },
  });
  return facts.backendChecks === "by-type"
    ? { allOf: Object.entries(bodies).map(([type, body]) => whenType(type, has(body))) }
    : { oneOf: Object.values(bodies).map(([name]) => ({ required: [name] })) };
}

function whenType(type: string, then: JsonSchema): JsonSchema {
  return { if: { required: ["type"], properties: { type: { const: type } } }, then };
}

/** What `IsFilePath` wants at least: a path from the root, or from the root of a drive (is-file-path.ts). */
const filePath = "^(/|[a-zA-Z]:\\\\)";

function format({ formatChecks }: PolicyFacts): JsonSchema {
  const text = { minLength: 1 };
  const plain = { required: ["plain"], properties: { plain: text } };
  const pair = { required: ["key", "value"], properties: { key: text, value: text } };
  const json = { required: ["json"], properties: { json: { minItems: 1, items: pair } } };
  switch (formatChecks) {
    case "at-most-one":
      return {};
    case "exactly-one":
      return { oneOf: [{ required: ["plain"] }, { required: ["json"] }] };
    case "by-type":
      return { allOf: [whenType("Plain", plain), whenType("Json", json)] };
  }
}

function destination({ openTelemetryDestination }: PolicyFacts): JsonSchema {
  const labels = { required: ["labels"], properties: { labels: { minProperties: 1 } } };
  const backendRef = { required: ["backendRef"], properties: { backendRef: labels } };
  const endpoint = {
    required: ["endpoint"],
    properties: { endpoint: { type: "string", minLength: 1, pattern: "^[^/?#]*$" } },
  };
  switch (openTelemetryDestination) {
    case "endpoint":
      return {};
    case "endpoint-or-backend-ref":
      return { oneOf: [backendRef, endpoint] };
    case "backend-ref":
      return backendRef;
  }
}

/** An object without the keys that have no value. */
function compact(entries: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
