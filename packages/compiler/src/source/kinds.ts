/** What the source stage has to know of a kind of Kuma's. */
export interface Kind {
  /** A resource of a mesh, or one of the whole control plane. */
  readonly scope: "mesh" | "global";
  /** On Universal the older kinds have their fields beside `name`, the newer ones under `spec`. On Kubernetes all have `spec`. */
  readonly fields: "root" | "spec";
}

const older = { scope: "mesh", fields: "root" } as const;
const newer = { scope: "mesh", fields: "spec" } as const;

/** The kinds that meshlog reads; every other one is passed over. */
export const kinds: Readonly<Record<string, Kind>> = {
  Mesh: { scope: "global", fields: "root" },
  Zone: { scope: "global", fields: "root" },
  ZoneIngress: { scope: "global", fields: "root" },
  ZoneEgress: { scope: "global", fields: "root" },
  HostnameGenerator: { scope: "global", fields: "spec" },

  Dataplane: older,
  ExternalService: older,
  MeshGateway: older,
  MeshGatewayRoute: older,
  ProxyTemplate: older,
  TrafficLog: older,
  TrafficRoute: older,
  VirtualOutbound: older,

  MeshAccessLog: newer,
  MeshExternalService: newer,
  MeshHTTPRoute: newer,
  MeshIdentity: newer,
  MeshMultiZoneService: newer,
  MeshOpenTelemetryBackend: newer,
  MeshProxyPatch: newer,
  MeshService: newer,
  MeshTCPRoute: newer,
  MeshTrust: newer,
  Workload: newer,
};
