import type { PolicyFacts, ResourceField, TargetRefField } from "../kuma/policy-facts.ts";
import type { Schema } from "./schema.ts";
import { attributeNamePattern } from "./attribute-name.ts";

/** What a MeshAccessLog looks like to a release. */
export interface MeshAccessLogSchema {
  /** What Kuma's API checks: of the whole resource, but in 2.0 of the decoded spec alone. */
  readonly universal: Schema;
  /** The same of an object of Kubernetes; what is around the spec is the business of its API server. */
  readonly kubernetes: Schema;
  /** What Go decodes of a resource, its labels and times included, which older schemas do not know. */
  readonly decoded: Schema;
  /** The same of an object of Kubernetes: its spec alone. */
  readonly decodedObject: Schema;
  /** What Go decodes first, up to 2.3. */
  readonly meta: Schema;
}

/** The schema of a MeshAccessLog (meshaccesslog/api/v1alpha1/schema.yaml, from 2.13 rest.yaml). */
export function meshAccessLogSchema(facts: PolicyFacts): MeshAccessLogSchema {
  const spec = specSchema(facts);
  const { resourceFields, requiredResourceFields: required } = facts;
  const shown: Record<string, Schema> = {};
  for (const field of resourceFields) shown[field] = resourceFieldSchemas[field];
  // Up to 2.0 the schema has no default for it.
  if (facts.schemaStage === "decoded") shown["mesh"] = string;
  const requiresSpec = required.includes("spec");
  const decodedMeta = {
    type: string,
    mesh: string,
    name: string,
    creationTime: time,
    modificationTime: time,
    ...(facts.hasLabels ? { labels: strings } : {}),
  };
  const specValue = value(spec);
  return {
    universal: { type: "object", properties: { ...shown, spec }, ...requires(...required) },
    kubernetes: {
      type: "object",
      properties: { apiVersion: string, kind: string, metadata: anything, spec, status: anything },
      ...requires(...(requiresSpec ? ["spec"] : [])),
    },
    decoded: { type: "object", go: "Resource", properties: { ...decodedMeta, spec: specValue } },
    decodedObject: { type: "object", go: "Resource", properties: { spec: specValue } },
    meta: { type: "object", go: "ResourceMeta", properties: decodedMeta },
  };
}

/** No type: any value, whatever is in it. */
const anything: Schema = {};
const string: Schema = { type: "string" };
const strings: Schema = { type: "object", additionalProperties: string };
const boolean: Schema = { type: "boolean" };
const time: Schema = { type: "string", format: "date-time", readOnly: true, go: "time.Time" };

const resourceFieldSchemas: Readonly<Record<ResourceField, Schema>> = {
  type: oneOf("MeshAccessLog"),
  mesh: { type: "string", default: "default" },
  name: string,
  labels: strings,
  creationTime: time,
  modificationTime: time,
  kri: { type: "string", readOnly: true },
  status: {
    type: "object",
    readOnly: true,
    properties: {
      conditions: list({
        type: "object",
        properties: {
          message: { type: "string", maxLength: 32768 },
          reason: {
            type: "string",
            maxLength: 1024,
            minLength: 1,
            pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
          },
          status: oneOf("True", "False", "Unknown"),
          type: {
            type: "string",
            maxLength: 316,
            pattern:
              "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
          },
        },
        ...requires("message", "reason", "status", "type"),
      }),
    },
  },
};

function specSchema(facts: PolicyFacts): Schema {
  const { itemLists, requiredTargetRefs, requiresParts, schemaKinds, schemaKindsOfTo = schemaKinds } = facts;
  const conf = confSchema(facts);
  // On main each position has a Go type of its own.
  const [top, outbound] =
    schemaKindsOfTo === schemaKinds ? ["TargetRef", "TargetRef"] : ["TopLevelTargetRef", "OutboundTargetRef"];
  const topTargetRef = targetRefSchema(facts, schemaKinds, `v1alpha1.${top}`);
  const item = (go: string): Schema => ({
    type: "object",
    go,
    properties: {
      targetRef: value(targetRefSchema(facts, schemaKindsOfTo, `v1alpha1.${outbound}`)),
      default: value(conf),
    },
    ...requires(...when(requiresParts, "default"), ...when(requiredTargetRefs !== "none", "targetRef")),
  });
  const rule: Schema = {
    type: "object",
    go: "v1alpha1.Rule",
    properties: { default: value(conf), ...(facts.ruleMatches ? { matches: list(match) } : {}) },
    ...requires(...when(requiresParts, "default")),
  };
  const items = { to: list(item("v1alpha1.To")), from: list(item("v1alpha1.From")), rules: list(rule) };
  return {
    type: "object",
    go: "v1alpha1.MeshAccessLog",
    properties: {
      // Where it is required it is no pointer; in 2.0 it is neither.
      targetRef: requiredTargetRefs === "items" ? topTargetRef : value(topTargetRef),
      ...Object.fromEntries(itemLists.map((name) => [name, items[name]])),
    },
    ...requires(...when(requiredTargetRefs === "top-and-items", "targetRef")),
  };
}

function targetRefSchema(facts: PolicyFacts, kinds: readonly string[], go: string): Schema {
  const fields: Readonly<Record<TargetRefField, Schema>> = {
    kind: value({ ...oneOf(...kinds), go: `${go}Kind` }),
    name: string,
    mesh: string,
    tags: strings,
    proxyTypes: {
      ...list({ ...oneOf("Sidecar", "Gateway"), go: "v1alpha1.TargetRefProxyType" }),
      ...(facts.proxyTypesAtLeastOne ? { minItems: 1 } : {}),
    },
    labels: strings,
    namespace: string,
    sectionName: string,
  };
  return {
    type: "object",
    go,
    properties: Object.fromEntries(facts.targetRefFields.map((name) => [name, fields[name]])),
    ...requires(...when(facts.requiresParts, "kind")),
  };
}

function confSchema(facts: PolicyFacts): Schema {
  const isNullable = facts.schemaStage === "decoded";
  return {
    type: "object",
    go: "v1alpha1.Conf",
    properties: { backends: { ...list(backendSchema(facts)), ...(isNullable ? { nullable: true } : {}) } },
  };
}

function backendSchema(facts: PolicyFacts): Schema {
  const { destinations, hasOpenTelemetry, backendChecks } = facts;
  const format = formatSchema(facts);
  const place = value(destinations === "not-empty" ? { ...string, minLength: 1 } : string);
  const body = (go: string, field: string): Schema => ({
    type: "object",
    go,
    properties: { [field]: place, format },
    ...requires(...when(destinations !== "optional", field)),
  });
  return {
    type: "object",
    go: "v1alpha1.Backend",
    properties: {
      tcp: body("v1alpha1.TCPBackend", "address"),
      file: body("v1alpha1.FileBackend", "path"),
      ...(hasOpenTelemetry ? { openTelemetry: openTelemetrySchema(facts) } : {}),
      ...(backendChecks === "by-type"
        ? { type: value({ ...oneOf("Tcp", "File", "OpenTelemetry"), go: "v1alpha1.BackendType" }) }
        : {}),
    },
    ...requires(...when(backendChecks === "by-type", "type")),
  };
}

function formatSchema(facts: PolicyFacts): Schema {
  const { omitEmptyValues, formatChecks } = facts;
  return {
    type: "object",
    go: "v1alpha1.Format",
    properties: {
      plain: string,
      json: list(pairSchema(facts, "v1alpha1.JsonValue")),
      ...(omitEmptyValues === "unknown"
        ? {}
        : { omitEmptyValues: omitEmptyValues === "with-default" ? { ...boolean, default: false } : boolean }),
      ...(formatChecks === "by-type" ? { type: value({ ...oneOf("Plain", "Json"), go: "v1alpha1.FormatType" }) } : {}),
    },
    ...requires(...when(formatChecks === "by-type", "type")),
  };
}

function openTelemetrySchema(facts: PolicyFacts): Schema {
  const { openTelemetryDestination: destination } = facts;
  const isChecked = facts.attributeNames === "checked";
  const key = isChecked ? { pattern: attributeNamePattern } : {};
  const endpoint = destination === "endpoint" ? { ...string, minLength: 1 } : { ...string, default: "" };
  return {
    type: "object",
    go: "v1alpha1.OtelBackend",
    properties: {
      ...(destination === "backend-ref" ? {} : { endpoint: value(endpoint) }),
      ...(destination === "endpoint" ? {} : { backendRef }),
      attributes: list(pairSchema(facts, isChecked ? "v1alpha1.OtelAttribute" : "v1alpha1.JsonValue", key)),
      ...(facts.openTelemetryBody === "any-value" ? { body: { "x-kubernetes-preserve-unknown-fields": true } } : {}),
    },
    ...requires(...when(destination === "endpoint", "endpoint")),
  };
}

const backendRef: Schema = {
  type: "object",
  go: "v1alpha1.BackendResourceRef",
  properties: {
    kind: value({ ...oneOf("MeshOpenTelemetryBackend"), go: "v1alpha1.BackendResourceKind" }),
    labels: strings,
  },
  ...requires("kind"),
};

/** An item of a list of key and value. */
function pairSchema({ requiresParts }: PolicyFacts, go: string, key: Schema = {}): Schema {
  return {
    type: "object",
    go,
    properties: { key: value({ ...string, ...key }), value: value(string) },
    ...requires(...when(requiresParts, "key", "value")),
  };
}

const match: Schema = {
  type: "object",
  go: "v1alpha1.Match",
  properties: {
    spiffeID: {
      type: "object",
      go: "v1alpha1.SpiffeIDMatch",
      properties: {
        type: value({ ...oneOf("Exact", "Prefix"), go: "v1alpha1.SpiffeIDMatchType" }),
        value: value(string),
      },
      ...requires("type", "value"),
    },
    sni: {
      type: "object",
      go: "v1alpha1.SNIMatch",
      properties: { type: value({ ...oneOf("Exact"), go: "v1alpha1.SNIMatchType" }), value: value(string) },
      ...requires("type", "value"),
    },
  },
};

function oneOf(...values: string[]): Schema {
  return { type: "string", enum: values };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

/** A field that is no pointer in Go. */
function value(schema: Schema): Schema {
  return { ...schema, isValue: true };
}

function requires(...names: string[]): Pick<Schema, "required"> {
  return names.length === 0 ? {} : { required: names };
}

function when<T>(condition: boolean, ...values: T[]): T[] {
  return condition ? values : [];
}
