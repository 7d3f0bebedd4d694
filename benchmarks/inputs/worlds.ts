import { randomNumbers } from "./mersenne-twister.ts";
import type { Yaml } from "./write-yaml.ts";

/** The inputs of the measurements, the same for every run. */
const seed = 7;
const services = 100;
const teams = 20;

/** Valid MeshAccessLogs, about 1.85 KB each. */
export function policies(count: number): readonly Yaml[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, i) => policy(i, random));
}

/** How large a mesh is. */
export interface WorldSize {
  readonly policies: number;
  readonly proxies: number;
  /** Of each proxy: so many to services by tags, and so many to real resources. */
  readonly outbounds: number;
}

/** A mesh with its services, proxies and policies, for Kuma 2.14. */
export function world(size: WorldSize): readonly Yaml[] {
  const mesh = { type: "Mesh", name: "default", meshServices: { mode: "Everywhere" } };
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
  return [
    mesh,
    ...numbers(services).map(meshService),
    ...numbers(size.proxies).map((i) => dataplane(i, size.outbounds)),
    ...policies(size.policies),
  ];
}

function serviceName(i: number): string {
  return `svc-${i}`;
}

function meshService(i: number): Yaml {
  return {
    type: "MeshService",
    mesh: "default",
    name: serviceName(i),
    spec: {
      selector: { dataplaneTags: { "kuma.io/service": serviceName(i) } },
      ports: [{ port: 80, targetPort: 8080, appProtocol: "http" }],
    },
    status: { vips: [{ ip: `241.0.${Math.floor(i / 200)}.${(i % 200) + 1}` }] },
  };
}

function dataplane(i: number, outbounds: number): Yaml {
  const own = i % services;
  const team = `team-${own % teams}`;
  const others = Array.from({ length: outbounds }, (_, k) => serviceName((own + k + 1) % services));
  const inbound = (port: number, protocol: string): Yaml => ({
    port,
    tags: { "kuma.io/service": serviceName(own), "kuma.io/protocol": protocol, team },
  });
  return {
    type: "Dataplane",
    mesh: "default",
    name: `dp-${String(i).padStart(5, "0")}`,
    labels: { app: serviceName(own), team },
    networking: {
      address: `10.${Math.floor(i / 60_000)}.${Math.floor(i / 250) % 250}.${(i % 250) + 1}`,
      inbound: [inbound(8080, "http"), inbound(8081, "tcp")],
      outbound: [
        ...others.map((service, k) => ({ port: 10_000 + k, tags: { "kuma.io/service": service } })),
        ...others.map((name, k) => ({ port: 11_000 + k, backendRef: { kind: "MeshService", name, port: 80 } })),
      ],
    },
  };
}

function policy(i: number, random: (below: number) => number): Yaml {
  const targetRef = topLevel(i % 10, random);
  return {
    type: "MeshAccessLog",
    mesh: "default",
    name: `policy-${String(i).padStart(5, "0")}`,
    labels: { "kuma.io/origin": "zone", team: `team-${i % teams}` },
    spec: { targetRef, ...items(i, random) },
  };
}

function topLevel(kind: number, random: (below: number) => number): Yaml {
  if (kind === 0) return { kind: "Mesh" };
  if (kind <= 3) return { kind: "MeshSubset", tags: { "kuma.io/service": serviceName(random(services)) } };
  if (kind <= 5) return { kind: "MeshService", name: serviceName(random(services)) };
  if (kind === 6) return { kind: "MeshSubset", tags: { team: `team-${random(teams)}` } };
  return { kind: "Dataplane", labels: { app: serviceName(random(services)) } };
}

function items(i: number, random: (below: number) => number): Readonly<Record<string, Yaml>> {
  const conf = (...kinds: readonly number[]): Yaml => ({ backends: kinds.map((kind) => backend(i, kind)) });
  switch (i % 3) {
    case 0:
      return {
        to: [
          { targetRef: { kind: "Mesh" }, default: conf(i) },
          { targetRef: { kind: "MeshService", name: serviceName(random(services)) }, default: conf(i + 1, i + 3) },
        ],
      };
    case 1:
      return { from: [{ targetRef: { kind: "Mesh" }, default: conf(i, i + 2) }] };
    default:
      return { rules: [{ default: conf(i, i + 1) }] };
  }
}

const plain =
  '[%START_TIME%] %KUMA_MESH% "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% ' +
  '%RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" ' +
  '"%KUMA_SOURCE_SERVICE%" "%KUMA_DESTINATION_SERVICE%" "%UPSTREAM_HOST%"';

const json: readonly (readonly [key: string, value: string])[] = [
  ["start_time", "%START_TIME%"],
  ["mesh", "%KUMA_MESH%"],
  ["src", "%KUMA_SOURCE_SERVICE%"],
  ["dst", "%KUMA_DESTINATION_SERVICE%"],
  ["method", "%REQ(:METHOD)%"],
  ["code", "%RESPONSE_CODE%"],
  ["flags", "%RESPONSE_FLAGS%"],
  ["sent", "%BYTES_SENT%"],
  ["recv", "%BYTES_RECEIVED%"],
  ["duration", "%DURATION%"],
  ["upstream", "%UPSTREAM_HOST%"],
];

const plainFormat: Yaml = { type: "Plain", plain };
const jsonFormat: Yaml = { type: "Json", json: json.map(([key, value]) => ({ key, value })) };

function backend(i: number, kind: number): Yaml {
  switch (kind % 5) {
    case 0:
      return { type: "File", file: { path: `/tmp/access-${i}.log`, format: plainFormat } };
    case 1:
      return { type: "File", file: { path: `/tmp/access-${i}.json`, format: jsonFormat } };
    case 2:
      return { type: "Tcp", tcp: { address: `logs-${i % 50}.example.com:5000`, format: jsonFormat } };
    case 3:
      return { type: "OpenTelemetry", openTelemetry: collector(i) };
    default:
      return { type: "Tcp", tcp: { address: "127.0.0.1:5000", format: plainFormat } };
  }
}

function collector(i: number): Yaml {
  return {
    endpoint: `otel-${i % 20}.observability:4317`,
    attributes: [
      { key: "mesh", value: "%KUMA_MESH%" },
      { key: "service", value: "%KUMA_SOURCE_SERVICE%" },
    ],
    body: { kvlistValue: { values: json.slice(0, 6).map(([key, value]) => ({ key, value: { stringValue: value } })) } },
  };
}
