import fc from "fast-check";

/** A resource as JSON. */
type Document = Readonly<Record<string, unknown>>;

/** Words from small sets, so that things meet. */
const word = {
  service: fc.constantFrom("web", "api", "db", "web_ns_svc_80"),
  protocol: fc.constantFrom("http", "http2", "grpc", "tcp", "kafka", "tls", "HTTP", "other"),
  port: fc.constantFrom(80, 81, 443, 8080, 49_151),
  address: fc.constantFrom("10.0.0.1", "10.0.0.2", "fd00::1"),
  zone: fc.constantFrom("here", "there"),
  name: fc.constantFrom("a", "b", "c"),
  mesh: fc.constantFrom("default", "other"),
} as const;

/** A map of some of these fields. */
function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Document> {
  return fc.record(fields, { requiredKeys: [] });
}

const tags = fc
  .tuple(word.service, some({ "kuma.io/protocol": word.protocol, version: fc.constantFrom("1", "2") }))
  .map(([service, rest]) => ({ "kuma.io/service": service, ...rest }));
const selector = some({
  "kuma.io/service": fc.oneof(word.service, fc.constant("*")),
  version: fc.constantFrom("1", "*"),
});
const labels = some({
  "kuma.io/origin": fc.constantFrom("zone", "global"),
  "kuma.io/zone": word.zone,
  "kuma.io/display-name": word.name,
  "kuma.io/policy-role": fc.constantFrom("system", "system", "producer", "consumer", "workload-owner"),
  "kuma.io/workload": word.name,
  "k8s.kuma.io/namespace": fc.constantFrom("ns", "other"),
  app: word.name,
  "kuma.io/effect": fc.constantFrom("none", "none", "shadow"),
});
const ofResources = { app: word.name, "kuma.io/display-name": word.name };

const dataplane = some({
  address: word.address,
  advertisedAddress: word.address,
  inbound: fc.array(
    fc
      .tuple(
        fc.record({ port: word.port, tags }),
        some({
          name: word.name,
          address: word.address,
          servicePort: word.port,
          protocol: word.protocol,
          state: fc.constantFrom("Ready", "NotReady", "Ignored"),
          health: fc.record({ ready: fc.boolean() }),
        }),
      )
      .map(([own, rest]) => ({ ...own, ...rest })),
    { maxLength: 3 },
  ),
  outbound: fc.array(
    fc.oneof(
      fc.record({ address: word.address, port: word.port, tags }),
      fc.record({ port: word.port, service: word.service }),
      fc.record({
        port: word.port,
        backendRef: fc.record({
          kind: fc.constantFrom("MeshService", "MeshExternalService", "MeshMultiZoneService"),
          name: word.name,
          port: word.port,
        }),
      }),
      fc.record({
        port: word.port,
        backendRef: fc.record({
          kind: fc.constantFrom("MeshService", "MeshExternalService"),
          labels: some(ofResources),
          port: word.port,
        }),
      }),
    ),
    { maxLength: 3 },
  ),
  gateway: fc.oneof(fc.record({ tags }), fc.record({ type: fc.constantFrom("BUILTIN", "DELEGATED"), tags })),
  transparentProxying: some({
    redirectPortInbound: fc.constantFrom(0, 15_006),
    redirectPortOutbound: fc.constantFrom(0, 15_001),
    redirectPortInboundV6: fc.constantFrom(0, 15_010),
    ipFamilyMode: fc.constantFrom("IPv4", "IPv6", "DualStack"),
    directAccessServices: fc.array(fc.oneof(word.service, fc.constant("*")), { maxLength: 2 }),
    reachableServices: fc.array(word.service, { maxLength: 2 }),
    reachableBackends: fc.record({
      refs: fc.array(
        fc.record({ kind: fc.constantFrom("MeshService", "MeshExternalService"), name: word.name, port: word.port }),
        { maxLength: 2 },
      ),
    }),
  }),
  listeners: fc.array(
    fc
      .tuple(
        fc.record({ type: fc.constantFrom("ZoneIngress", "ZoneEgress"), port: word.port }),
        some({ name: word.name, address: word.address }),
      )
      .map(([own, rest]) => ({ ...own, ...rest })),
    { maxLength: 2 },
  ),
}).map((networking) => ({ networking: { address: "10.0.0.1", ...networking } }));

const topRef = fc.oneof(
  some({ proxyTypes: fc.constantFrom(["Sidecar"], ["Gateway"]) }).map((rest) => ({ kind: "Mesh", ...rest })),
  selector.map((chosen) => ({ kind: "MeshSubset", tags: chosen })),
  word.service.map((name) => ({ kind: "MeshService", name })),
  fc.tuple(word.service, selector).map(([name, chosen]) => ({ kind: "MeshServiceSubset", name, tags: chosen })),
  fc
    .tuple(word.name, some({ tags: some({ version: fc.constant("1") }) }))
    .map(([name, rest]) => ({ kind: "MeshGateway", name, ...rest })),
  some({
    name: word.name,
    namespace: fc.constant("ns"),
    labels: some(ofResources),
    sectionName: fc.oneof(word.name, word.port.map(String)),
  }).map((rest) => ({ kind: "Dataplane", ...rest })),
);
const toRef = fc.oneof(
  fc.constant({ kind: "Mesh" }),
  word.service.map((name) => ({ kind: "MeshService", name })),
  fc
    .tuple(
      fc.constantFrom("MeshService", "MeshExternalService", "MeshMultiZoneService", "MeshHTTPRoute"),
      fc.oneof(fc.record({ name: word.name }), fc.record({ labels: some(ofResources) })),
      some({ sectionName: word.port.map(String) }),
    )
    .map(([kind, own, rest]) => ({ kind, ...own, ...(kind === "MeshHTTPRoute" ? {} : rest) })),
);
const format = fc.constantFrom(
  { type: "Plain", plain: "%KUMA_SOURCE_SERVICE% => %KUMA_DESTINATION_SERVICE%" },
  { type: "Json", json: [{ key: "zone", value: "%KUMA_ZONE%" }] },
  { type: "Plain", plain: "%PROTOCOL% %%" },
);
const backend = fc.oneof(
  { weight: 6, arbitrary: some({ format }).map((rest) => ({ type: "File", file: { path: "/log", ...rest } })) },
  { weight: 3, arbitrary: some({ format }).map((rest) => ({ type: "Tcp", tcp: { address: "sink:9", ...rest } })) },
  {
    weight: 4,
    arbitrary: fc.constantFrom("otel:4317", "otel:99999", "10.0.0.9:4317", "other").map((endpoint) => ({
      type: "OpenTelemetry",
      openTelemetry: { endpoint },
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      type: "OpenTelemetry",
      openTelemetry: { backendRef: { kind: "MeshOpenTelemetryBackend", labels: { app: "a" } } },
    }),
  },
);
const conf = fc.record({ backends: fc.array(backend, { minLength: 1, maxLength: 3 }) });
const match = some({
  spiffeID: fc.record({ type: fc.constantFrom("Exact", "Prefix"), value: fc.constant("spiffe://default/web") }),
  sni: fc.record({ type: fc.constant("Exact"), value: fc.constant("a.com") }),
});
const from = fc.array(fc.record({ targetRef: fc.constant({ kind: "Mesh" }), default: conf }), {
  minLength: 1,
  maxLength: 2,
});
const rules = fc.array(
  fc
    .tuple(fc.record({ default: conf }), some({ matches: fc.array(match, { minLength: 1, maxLength: 2 }) }))
    .map(([own, rest]) => ({ ...own, ...rest })),
  { minLength: 1, maxLength: 2 },
);
const items = (targetRef: fc.Arbitrary<Document>): fc.Arbitrary<readonly Document[]> =>
  fc.array(fc.record({ targetRef, default: conf }), { minLength: 1, maxLength: 3 });
const older = {
  top: fc.oneof(
    fc.constant({ kind: "Mesh" }),
    word.service.map((name) => ({ kind: "MeshService", name })),
    fc.constant({ kind: "MeshSubset", tags: { version: "1" } }),
  ),
  to: fc.oneof(
    fc.constant({ kind: "Mesh" }),
    word.service.map((name) => ({ kind: "MeshService", name })),
  ),
};
const newer = {
  top: fc.oneof(
    fc.constant({ kind: "Mesh" }),
    word.name.map((app) => ({ kind: "Dataplane", labels: { app } })),
  ),
  to: fc
    .tuple(fc.constantFrom("MeshService", "MeshExternalService", "MeshMultiZoneService", "MeshHTTPRoute"), word.name)
    .map(([kind, app]) => ({ kind, labels: { app } })),
};
/** Policies that a release takes: of older ones, of newer ones, and what no release may take. */
const accessLog = fc
  .oneof(
    fc.record({ targetRef: older.top, to: items(older.to) }),
    fc.record({ targetRef: older.top, from }),
    fc.record({
      targetRef: fc.record({ kind: fc.constant("MeshGateway"), name: word.name }),
      to: items(fc.constant({ kind: "Mesh" })),
    }),
    fc.record({ targetRef: newer.top, to: items(fc.oneof(newer.to, fc.constant({ kind: "Mesh" }))) }),
    fc.record({ targetRef: newer.top, rules }),
    some({ targetRef: topRef, to: items(toRef), from, rules }),
  )
  .map((spec) => ({ spec }));

const routePolicy = some({
  targetRef: topRef,
  to: fc.array(
    fc.record({
      targetRef: toRef,
      rules: fc.array(
        fc.record({
          matches: fc.array(
            fc.constantFrom("/", "/a").map((value) => ({ path: { type: "PathPrefix", value } })),
            { minLength: 1, maxLength: 2 },
          ),
          default: some({
            backendRefs: fc.array(
              fc.record({ kind: fc.constant("MeshService"), name: word.service, weight: fc.constantFrom(0, 1) }),
              { maxLength: 2 },
            ),
          }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
}).map((spec) => ({ spec }));

const gateway = fc.record({
  tags: some({ version: fc.constant("1") }),
  selectors: fc.array(
    selector.map((chosen) => ({ match: chosen })),
    { maxLength: 2 },
  ),
  conf: fc.record({
    listeners: fc.array(
      fc
        .tuple(
          fc.record({ port: word.port, protocol: fc.constantFrom("HTTP", "HTTPS", "TCP", "TLS") }),
          some({
            hostname: fc.constantFrom("a.com", "*"),
            tags: some({ version: fc.constantFrom("1", "2") }),
            crossMesh: fc.boolean(),
          }),
        )
        .map(([own, rest]) => ({ ...own, ...rest })),
      { maxLength: 3 },
    ),
  }),
});
const ports = fc.array(
  fc
    .tuple(fc.record({ port: word.port }), some({ name: word.name, appProtocol: word.protocol, targetPort: word.port }))
    .map(([own, rest]) => ({ ...own, ...rest })),
  { maxLength: 2 },
);
const vip = fc.constantFrom("241.0.0.1", "241.0.0.2").map((ip) => ({ ip }));

/** What a resource of a kind has beside its name, mesh and labels. */
const kinds: Readonly<Record<string, fc.Arbitrary<Document>>> = {
  Dataplane: dataplane,
  MeshAccessLog: accessLog,
  MeshGateway: gateway,
  MeshGatewayRoute: selector.map((chosen) => ({ selectors: [{ match: chosen }], conf: { tcp: { rules: [] } } })),
  MeshHTTPRoute: routePolicy,
  MeshTCPRoute: routePolicy,
  MeshService: fc
    .tuple(ports, some({ vips: fc.array(vip, { maxLength: 2 }) }))
    .map(([own, status]) => ({ spec: { ports: own }, status })),
  MeshMultiZoneService: fc
    .tuple(ports, some({ vips: fc.array(vip, { maxLength: 1 }) }))
    .map(([own, status]) => ({ spec: { ports: own }, status })),
  MeshExternalService: fc
    .tuple(some({ port: word.port, protocol: word.protocol }), some({ vip }))
    .map(([own, status]) => ({ spec: { match: own }, status })),
  MeshPassthrough: fc.record({
    spec: fc.record({
      default: some({
        passthroughMode: fc.constantFrom("All", "None", "Matched"),
        appendMatch: fc.array(
          fc.record({
            type: fc.constantFrom("Domain", "IP", "CIDR"),
            value: fc.constantFrom("a.com", "10.0.0.1", "fd00::/8"),
            protocol: word.protocol,
          }),
          { maxLength: 2 },
        ),
      }),
    }),
  }),
  MeshIdentity: some(ofResources).map((matchLabels) => ({
    spec: { selector: { dataplane: { matchLabels } } },
    status: { conditions: [{ type: "Ready", status: "True" }] },
  })),
  MeshOpenTelemetryBackend: fc
    .constantFrom("grpc", "http")
    .map((protocol) => ({ spec: { protocol, endpoint: { address: "collector" } } })),
  TrafficRoute: word.service.map((service) => ({
    sources: [{ match: { "kuma.io/service": "*" } }],
    destinations: [{ match: { "kuma.io/service": "*" } }],
    conf: { split: [{ weight: 1, destination: { "kuma.io/service": service } }] },
  })),
  ExternalService: tags.map((own) => ({ tags: own, networking: { address: "example.com:443" } })),
};

const meshes = fc
  .tuple(fc.constantFrom("Disabled", "Everywhere", "ReachableBackends", "Exclusive"), fc.boolean())
  .map(([mode, hasMetrics]) => ({
    type: "Mesh",
    name: "default",
    meshServices: { mode },
    ...(hasMetrics ? { metrics: { enabledBackend: "p", backends: [{ name: "p", type: "prometheus" }] } } : {}),
  }));

/** A bundle of random resources of small vocabularies, each as the JSON of a file; names are unique and creation times differ. */
export const randomBundle: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    meshes,
    fc.array(
      fc.oneof(
        ...Object.entries(kinds).map(([type, rest]) => ({
          weight: type === "MeshAccessLog" || type === "Dataplane" ? 8 : 1,
          arbitrary: fc.tuple(fc.constant(type), word.mesh, word.name, labels, rest),
        })),
      ),
      { minLength: 4, maxLength: 24 },
    ),
  )
  .map(([mesh, resources]) => {
    const documents = resources.map(([type, own, name, ownLabels, rest], i) => ({
      type,
      mesh: i % 5 === 0 ? own : "default",
      name: i < 3 ? name : `${name}-${i}`,
      creationTime: new Date(Date.UTC(2024, 0, 1, 0, i)).toISOString(),
      labels: ownLabels,
      ...rest,
    }));
    const unique = new Map(documents.map((one) => [`${one.type} ${one.mesh} ${one.name}`, one]));
    return [mesh, ...unique.values()].map((one) => JSON.stringify(one));
  });

/** What a control plane may know of such a bundle. */
export const randomControlPlane = fc.record({
  zone: word.zone,
  settings: fc.record({ inboundTagsDisabled: fc.boolean() }),
  metadata: some({
    a: some({
      workdir: fc.constant("/work"),
      features: fc.subarray(["feature-unified-resource-naming", "feature-bind-outbounds", "feature-otel-via-kuma-dp"]),
    }),
  }),
});
