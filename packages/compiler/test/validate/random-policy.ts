import fc from "fast-check";

const kind = fc.constantFrom(
  ...["Mesh", "MeshSubset", "MeshGateway", "MeshService", "MeshServiceSubset", "MeshExternalService"],
  ...["MeshMultiZoneService", "MeshHTTPRoute", "MeshGatewayRoute", "Dataplane", "Nothing", ""],
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
  fc.oneof({ arbitrary: usual, weight: 24 }, { arbitrary: odd, weight: 1 });

/** Some of the fields, now and then in another case. */
function some(
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  always: readonly string[] = [],
): fc.Arbitrary<object> {
  return fc
    .tuple(fc.record(fields, { requiredKeys: [...always] }), fc.integer({ min: 0, max: 40 }))
    .map(([record, luck]) =>
      luck > 0 ? record : Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toUpperCase(), value])),
    );
}

const targetRef = some(
  {
    kind: mostly(kind),
    name: mostly(text),
    mesh: text,
    namespace: text,
    sectionName: text,
    tags: mostly(fc.dictionary(text, mostly(text), { maxKeys: 2 })),
    labels: mostly(fc.dictionary(text, text, { maxKeys: 1 })),
    proxyTypes: fc.array(fc.constantFrom("Sidecar", "Gateway", "sidecar"), { maxLength: 2 }),
  },
  ["kind"],
);
const pair = some({ key: mostly(text), value: mostly(text) }, ["key"]);
const format = some({
  type: fc.constantFrom("Plain", "Json", "plain"),
  plain: mostly(text),
  json: mostly(fc.array(pair, { maxLength: 2 })),
  omitEmptyValues: fc.constantFrom<unknown>(true, false, null),
});
const backend = some(
  {
    type: fc.constantFrom("Tcp", "File", "OpenTelemetry", "file"),
    file: mostly(some({ path: fc.constantFrom("/tmp/a", "a", ""), format }, ["path"])),
    tcp: mostly(some({ address: fc.constantFrom("127.0.0.1:80", "logs", ""), format }, ["address"])),
    openTelemetry: mostly(
      some({
        endpoint: text,
        backendRef: some({ kind: fc.constantFrom("MeshOpenTelemetryBackend", "X"), labels: fc.constant({ a: "b" }) }),
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
