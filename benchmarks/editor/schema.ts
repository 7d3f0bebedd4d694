/**
 * A JSON Schema of MeshAccessLog on Kubernetes, alone and in a List, for a server that knows of no policy by itself: all
 * that the measured files have, closed nowhere.
 */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const textMap: Schema = { type: "object", additionalProperties: text };
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
});
const list = (items: Schema): Schema => ({ type: "array", items });
const keyed: Schema = object({ key: text, value: text }, ["key", "value"]);

const targetRef = (...kinds: readonly string[]): Schema =>
  object(
    {
      kind: { enum: kinds },
      mesh: text,
      name: text,
      namespace: text,
      labels: textMap,
      tags: textMap,
      sectionName: text,
      proxyTypes: list({ enum: ["Sidecar", "Gateway"] }),
    },
    ["kind"],
  );

const format: Schema = object(
  { type: { enum: ["Plain", "Json"] }, plain: text, json: list(keyed), omitEmptyValues: { type: "boolean" } },
  ["type"],
);

const backend: Schema = object(
  {
    type: { enum: ["Tcp", "File", "OpenTelemetry"] },
    file: object({ path: text, format }, ["path"]),
    tcp: object({ address: text, format }, ["address"]),
    openTelemetry: object({ endpoint: text, body: {}, attributes: list(keyed) }, ["endpoint"]),
  },
  ["type"],
);

const conf: Schema = object({ backends: list(backend) });

const policy: Schema = object(
  {
    apiVersion: { const: "kuma.io/v1alpha1" },
    kind: { const: "MeshAccessLog" },
    metadata: object({ name: text, namespace: text, labels: textMap, annotations: textMap }, ["name"]),
    spec: object({
      targetRef: targetRef("Mesh", "MeshSubset", "MeshGateway", "MeshService", "MeshServiceSubset", "Dataplane"),
      from: list(object({ targetRef: targetRef("Mesh"), default: conf }, ["targetRef"])),
      to: list(
        object(
          {
            targetRef: targetRef("Mesh", "MeshService", "MeshExternalService", "MeshMultiZoneService", "MeshHTTPRoute"),
            default: conf,
          },
          ["targetRef"],
        ),
      ),
      rules: list(object({ default: conf })),
    }),
  },
  ["apiVersion", "kind", "metadata"],
);

/** The schema as its file has it. */
export const policySchema: Schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  if: { properties: { kind: { const: "List" } } },
  then: object({ apiVersion: { const: "v1" }, kind: { const: "List" }, items: list(policy) }),
  else: policy,
};
