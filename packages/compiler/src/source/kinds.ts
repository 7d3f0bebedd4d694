/** What the source stage has to know of a kind of Kuma's. */
export interface Kind {
  /** A resource of a mesh, or one of the whole control plane. */
  readonly scope: "mesh" | "global";
  /** On Universal the older kinds have their fields beside `name`, the newer ones under `spec`. On Kubernetes all have `spec`. */
  readonly fields: "root" | "spec";
  /** Whether zones may own such resources, besides a global control plane (KDSFlags in zz_generated.resource.go@v2.14.3). */
  readonly ofZones: boolean;
  /** Whether it is a policy of the newer kind, on a targetRef. */
  readonly isPolicy?: true;
}

const older = { scope: "mesh", fields: "root", ofZones: false } as const;
const newer = { scope: "mesh", fields: "spec", ofZones: true } as const;
const policy = { ...newer, isPolicy: true } as const;

/** The kinds that meshlog reads; every other one is passed over. */
export const kinds: Readonly<Record<string, Kind>> = {
  Mesh: { scope: "global", fields: "root", ofZones: false },
  Zone: { scope: "global", fields: "root", ofZones: false },
  ZoneIngress: { scope: "global", fields: "root", ofZones: true },
  ZoneEgress: { scope: "global", fields: "root", ofZones: true },
  HostnameGenerator: { scope: "global", fields: "spec", ofZones: true },

  Dataplane: { ...older, ofZones: true },
  ExternalService: older,
  MeshGateway: { ...older, ofZones: true },
  MeshGatewayRoute: older,
  ProxyTemplate: older,
  TrafficLog: older,
  TrafficRoute: older,
  VirtualOutbound: older,

  MeshAccessLog: policy,
  MeshExternalService: newer,
  MeshHTTPRoute: policy,
  MeshIdentity: newer,
  MeshMultiZoneService: { ...newer, ofZones: false },
  MeshOpenTelemetryBackend: newer,
  MeshPassthrough: policy,
  MeshProxyPatch: policy,
  MeshService: newer,
  MeshTCPRoute: policy,
  MeshTrust: newer,
  Workload: newer,
};
