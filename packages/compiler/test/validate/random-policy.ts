import fc from "fast-check";

const kind = fc.oneof(
  { arbitrary: fc.constantFrom("Mesh", "Mesh", "Mesh", "MeshService", "MeshSubset", "MeshServiceSubset"), weight: 12 },
  {
    arbitrary: fc.constantFrom(
      ...["MeshGateway", "MeshExternalService", "MeshMultiZoneService", "MeshHTTPRoute", "MeshGatewayRoute"],
      ...["Dataplane", "Nothing", ""],
    ),
    weight: 3,
  },
);
const text = fc.constantFrom(
  "web",
  "Web_1",
  "a.b",
  "",
  "x/y",
  "*",
  'a"b',
  "\\n",
  "é",
  "%KUMA_MESH%",
  "otel.x",
  "otel:4317",
);
const odd: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(null, 1, true, "text", [], {});

/** Now and then something of another type. */
const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 150 }, { arbitrary: odd, weight: 1 });

/** Some of the fields, now and then in another case. */
function some(
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  always: readonly string[] = [],
): fc.Arbitrary<object> {
  return fc
    .tuple(fc.record(fields, { requiredKeys: [...always] }), fc.integer({ min: 0, max: 150 }))
    .map(([record, luck]) =>
      luck > 0 ? record : Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toUpperCase(), value])),
    );
}

const fullTargetRef = some(
  {
    kind: mostly(kind),
    name: mostly(text),
    mesh: text,
    namespace: text,
    sectionName: text,
    tags: mostly(fc.dictionary(text, mostly(text), { maxKeys: 2 })),
    labels: mostly(fc.dictionary(text, text, { maxKeys: 1 })),
    proxyTypes: fc.array(fc.constantFrom("Sidecar", "Gateway", "Sidecar", "Gateway", "sidecar"), { maxLength: 2 }),
  },
  ["kind"],
);
const targetRef = fc.oneof(
  { arbitrary: fc.constant({ kind: "Mesh" }), weight: 2 },
  { arbitrary: fc.constant({ kind: "MeshService", name: "web" }), weight: 1 },
  { arbitrary: fullTargetRef, weight: 2 },
);
const pair = fc.oneof(
  { arbitrary: fc.constant({ key: "a", value: "b" }), weight: 3 },
  { arbitrary: some({ key: mostly(text), value: mostly(text) }, ["key"]), weight: 1 },
);
const format = some(
  {
    type: fc.constantFrom("Plain", "Plain", "Plain", "Json", "Json", "Json", "plain"),
    plain: mostly(text),
    json: mostly(fc.array(pair, { maxLength: 2 })),
    omitEmptyValues: fc.constantFrom<unknown>(true, false, true, false, true, false, null),
  },
  ["type"],
);
const backend = some(
  {
    type: fc.constantFrom("Tcp", "Tcp", "File", "File", "File", "OpenTelemetry", "OpenTelemetry", "file"),
    file: mostly(some({ path: fc.constantFrom("/tmp/a", "/tmp/a", "/b", "a", ""), format }, ["path"])),
    tcp: mostly(
      some({ address: fc.constantFrom("127.0.0.1:80", "logs:80", "a.b:1", "logs", ""), format }, ["address"]),
    ),
    openTelemetry: mostly(
      some({
        endpoint: text,
        backendRef: some({
          kind: fc.constantFrom("MeshOpenTelemetryBackend", "MeshOpenTelemetryBackend", "X"),
          labels: fc.constant({ a: "b" }),
        }),
        attributes: fc.array(pair, { maxLength: 2 }),
        body: odd,
      }),
    ),
  },
  ["type"],
);
const conf = some({ backends: mostly(fc.array(backend, { maxLength: 2 })) }, ["backends"]);
const item = some({ targetRef: mostly(targetRef), default: mostly(conf) }, ["targetRef", "default"]);
const match = some({
  spiffeID: some({ type: fc.constantFrom("Exact", "Prefix"), value: fc.constantFrom("spiffe://td/a", "td") }, [
    "type",
    "value",
  ]),
  sni: some({ type: fc.constantFrom("Exact", "Prefix"), value: text }, ["type", "value"]),
});
const rule = some({ matches: fc.array(match, { maxLength: 2 }), default: mostly(conf) }, ["default"]);

/** A MeshAccessLog that is more or less what some line of Kuma takes. */
export const randomPolicy: fc.Arbitrary<object> = some(
  {
    type: fc.constant("MeshAccessLog"),
    mesh: fc.constantFrom("default", "Mesh.1"),
    name: fc.constantFrom("a", "A", "a.b", "a_b"),
    spec: mostly(
      some({
        targetRef: mostly(targetRef),
        to: mostly(fc.array(item, { maxLength: 2 })),
        from: mostly(fc.array(item, { maxLength: 2 })),
        rules: mostly(fc.array(rule, { maxLength: 2 })),
      }),
    ),
  },
  ["type", "mesh", "name", "spec"],
).map((policy) => ({ ...policy, type: "MeshAccessLog" }));
