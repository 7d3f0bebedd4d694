/** The type of a field: `number` takes digits in quotes too, as protobuf's JSON does. */
export type FieldShape =
  | "text"
  | "number"
  | "boolean"
  | "texts"
  /** A map whose values are texts. */
  | "tags"
  | { readonly [field: string]: FieldShape }
  | readonly [FieldShape];

const backendRef: FieldShape = { kind: "text", name: "text", namespace: "text", labels: "tags", port: "number" };
const targetRef: FieldShape = {
  kind: "text",
  name: "text",
  namespace: "text",
  sectionName: "text",
  labels: "tags",
  tags: "tags",
  proxyTypes: "texts",
};
const selectors: FieldShape = [{ match: "tags" }];
const routeRules: FieldShape = [{ default: { backendRefs: [{ ...backendRef, weight: "number" }] } }];
const routes: FieldShape = { targetRef, to: [{ targetRef, rules: routeRules }] };
const destinations: FieldShape = { destination: "tags", split: [{ weight: "number", destination: "tags" }] };

/**
 * What Kuma's API lets resources be, as far as the stages after this one read them, by kind; a MeshAccessLog has a schema
 * of its own. The fields are those of `spec`, or of the root for the older kinds on Universal.
 */
export const resourceShapes: Readonly<Record<string, FieldShape>> = {
  Dataplane: {
    networking: {
      address: "text",
      advertisedAddress: "text",
      gateway: { tags: "tags" },
      inbound: [
        {
          name: "text",
          protocol: "text",
          address: "text",
          port: "number",
          servicePort: "number",
          tags: "tags",
          health: { ready: "boolean" },
        },
      ],
      outbound: [{ address: "text", port: "number", tags: "tags", backendRef }],
      transparentProxying: {
        redirectPortInbound: "number",
        redirectPortOutbound: "number",
        reachableServices: "texts",
        directAccessServices: "texts",
        reachableBackends: { refs: [backendRef] },
      },
      listeners: [{ address: "text", port: "number", name: "text" }],
    },
  },
  ExternalService: { tags: "tags", networking: { address: "text" } },
  Mesh: {
    meshServices: { mode: "text" },
    metrics: { enabledBackend: "text", backends: [{ name: "text", conf: {} }] },
    networking: { outbound: { passthrough: "boolean" } },
  },
  MeshExternalService: { match: { type: "text", port: "number", protocol: "text" } },
  MeshGateway: {
    selectors,
    tags: "tags",
    conf: { listeners: [{ port: "number", hostname: "text", tags: "tags", crossMesh: "boolean" }] },
  },
  MeshGatewayRoute: { selectors, conf: {} },
  MeshHTTPRoute: routes,
  MeshMultiZoneService: { ports: [{ port: "number", name: "text", appProtocol: "text" }] },
  MeshOpenTelemetryBackend: { endpoint: { address: "text", port: "number" }, protocol: "text" },
  MeshService: { ports: [{ port: "number", name: "text", appProtocol: "text" }] },
  MeshTCPRoute: routes,
  TrafficRoute: {
    sources: selectors,
    destinations: selectors,
    conf: { ...destinations, http: [destinations] },
  },
};
