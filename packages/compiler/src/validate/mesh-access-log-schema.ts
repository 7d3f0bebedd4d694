/**
 * The schema of a MeshAccessLog in Kuma 2.14 (`components.schemas.MeshAccessLogItem` of
 * meshaccesslog/api/v1alpha1/rest.yaml@v2.14.3): what the API server checks first.
 */
import type { Schema } from "./schema.ts";

/** No type: any value, whatever is in it. */
const anything: Schema = {};

const string: Schema = { type: "string" };
const nonEmptyString: Schema = { type: "string", minLength: 1 };
const strings: Schema = { type: "object", additionalProperties: string };

const oneOf = (...values: string[]): Schema => ({ type: "string", enum: values });
const list = (items: Schema): Schema => ({ type: "array", items });
const object = (properties: Readonly<Record<string, Schema>>, ...required: string[]): Schema => ({
  type: "object",
  properties,
  required,
});

const targetRef = object(
  {
    kind: oneOf(
      "Mesh",
      "MeshSubset",
      "MeshGateway",
      "MeshService",
      "MeshExternalService",
      "MeshMultiZoneService",
      "MeshServiceSubset",
      "MeshHTTPRoute",
      "Dataplane",
    ),
    labels: strings,
    mesh: string,
    name: string,
    namespace: string,
    proxyTypes: list(oneOf("Sidecar", "Gateway")),
    sectionName: string,
    tags: strings,
  },
  "kind",
);

const format = object(
  {
    type: oneOf("Plain", "Json"),
    plain: string,
    json: list(object({ key: string, value: string }, "key", "value")),
    omitEmptyValues: { type: "boolean", default: false },
  },
  "type",
);

const openTelemetry = object({
  endpoint: { type: "string", default: "" },
  backendRef: object({ kind: oneOf("MeshOpenTelemetryBackend"), labels: strings }, "kind"),
  attributes: list(
    object({ key: { type: "string", pattern: "^[a-z]([a-z0-9]|[._][a-z0-9])*$" }, value: string }, "key", "value"),
  ),
  body: anything,
});

const backend = object(
  {
    type: oneOf("Tcp", "File", "OpenTelemetry"),
    tcp: object({ address: nonEmptyString, format }, "address"),
    file: object({ path: nonEmptyString, format }, "path"),
    openTelemetry,
  },
  "type",
);

const conf = object({ backends: list(backend) });

const match = object({
  spiffeID: object({ type: oneOf("Exact", "Prefix"), value: string }, "type", "value"),
  sni: object({ type: oneOf("Exact"), value: string }, "type", "value"),
});

const item = object({ targetRef, default: conf }, "default", "targetRef");

const spec = object({
  targetRef,
  to: list(item),
  from: list(item),
  rules: list(object({ default: conf, matches: list(match) }, "default")),
});

/** A MeshAccessLog in Universal's shape. */
export const universalSchema: Schema = object(
  {
    type: oneOf("MeshAccessLog"),
    mesh: { type: "string", default: "default" },
    name: string,
    labels: strings,
    creationTime: anything,
    modificationTime: anything,
    kri: string,
    spec,
    status: anything,
  },
  "type",
  "name",
  "spec",
);

/** A MeshAccessLog as an object of Kubernetes; what is around the spec is the business of its API server. */
export const kubernetesSchema: Schema = object(
  { apiVersion: string, kind: string, metadata: anything, spec, status: anything },
  "spec",
);
