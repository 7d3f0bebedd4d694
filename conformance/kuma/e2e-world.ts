import type { JsonMap } from "./rule-goldens.ts";
import { map } from "./rule-goldens.ts";

const zone = "kuma-3";

/**
 * The world in which Kuma's own end-to-end tests of the configuration of an Envoy run, as `goldens/<version>/e2e/topology.yaml` tells
 * it, with the resources of one test. That is for shadow policies, which are taken as effective.
 */
export function e2eWorld(
  group: "sidecars" | "builtingateway",
  isMain: boolean,
  inputs: readonly JsonMap[],
): readonly object[] {
  const mesh = group === "sidecars" ? "envoyconfig" : "envoyconfig-builtingateway";
  const own = [...(group === "sidecars" ? sidecars(isMain) : gateway), ...inputs];
  return [
    { type: "Mesh", name: mesh, meshServices: { mode: "Exclusive" } },
    ...own.map((one: JsonMap | object) => {
      const { labels, ...rest } = one as JsonMap;
      const kept = Object.fromEntries(Object.entries(map(labels)).filter(([label]) => label !== "kuma.io/effect"));
      const inZone = { "kuma.io/origin": "zone", "kuma.io/zone": zone, "kuma.io/display-name": rest["name"] ?? "" };
      return { ...rest, mesh, labels: { ...inZone, ...kept } };
    }),
  ];
}

const transparentProxying = { redirectPortInbound: 15_006, redirectPortOutbound: 15_001 };

function sidecars(isMain: boolean): readonly object[] {
  const inbounds = {
    "demo-client": { port: 3000, tags: { "kuma.io/service": "demo-client", team: "client-owners" } },
    "test-server": {
      port: 80,
      servicePort: 8080,
      tags: { "kuma.io/service": "test-server", "kuma.io/protocol": "http", team: "server-owners", version: "v1" },
    },
  };
  return Object.entries(inbounds).flatMap(([name, { tags, ...inbound }], i) => {
    const { "kuma.io/protocol": protocol = "tcp", ...labels }: Readonly<Record<string, string>> = tags;
    return [
      {
        type: "Dataplane",
        name,
        labels: isMain ? { ...labels, "kuma.io/workload": name } : {},
        networking: {
          address: `172.18.0.${i + 2}`,
          inbound: [isMain ? { ...inbound, ...(protocol === "tcp" ? {} : { protocol }) } : { ...inbound, tags }],
          transparentProxying,
        },
      },
      {
        type: "MeshService",
        name,
        spec: {
          ports: [{ name: String(inbound.port), port: inbound.port, targetPort: inbound.port, appProtocol: protocol }],
        },
        status: { vips: [{ ip: `241.0.0.${i}` }] },
      },
    ];
  });
}

const gateway: readonly object[] = [
  {
    type: "Dataplane",
    name: "gateway-proxy",
    networking: { address: "172.18.0.2", gateway: { type: "BUILTIN", tags: { "kuma.io/service": "gateway-proxy" } } },
  },
  {
    type: "MeshGateway",
    name: "gateway-proxy",
    selectors: [{ match: { "kuma.io/service": "gateway-proxy" } }],
    conf: { listeners: [{ port: 8080, protocol: "HTTP", hostname: "example.kuma.io" }] },
  },
  {
    type: "MeshHTTPRoute",
    name: "gateway-proxy-route",
    spec: {
      targetRef: { kind: "MeshGateway", name: "gateway-proxy" },
      to: [
        {
          targetRef: { kind: "Mesh" },
          rules: [
            {
              matches: [{ path: { type: "PathPrefix", value: "/" } }],
              default: { backendRefs: [{ kind: "MeshService", name: "echo-service", port: 80 }] },
            },
          ],
        },
      ],
    },
  },
];
