import type { Cluster } from "../envoy/messages.ts";

/**
 * The error of a proxy that would get these clusters: Kuma validates what it has generated, by the rules in Envoy's
 * protobuf files, and a proxy with a cluster that fails gets nothing at all (pkg/xds/server/v3/reconcile.go:90@v2.13.10).
 * Of several such clusters Kuma names any; here it is the first.
 */
export function refusedCluster(clusters: readonly Cluster[]): string | undefined {
  for (const cluster of clusters) {
    const problems = socketProblems(cluster);
    if (problems.length > 0) {
      return [
        `invalid resource "${cluster.name ?? ""}": invalid Cluster.LoadAssignment: embedded message failed validation`,
        "invalid ClusterLoadAssignment.Endpoints[0]: embedded message failed validation",
        "invalid LocalityLbEndpoints.LbEndpoints[0]: embedded message failed validation",
        "invalid LbEndpoint.Endpoint: embedded message failed validation",
        "invalid Endpoint.Address: embedded message failed validation",
        "invalid Address.SocketAddress: embedded message failed validation",
        problems.join("; "),
      ].join(" | caused by: ");
    }
  }
  return undefined;
}

function socketProblems({ loadAssignment }: Cluster): readonly string[] {
  const socket = loadAssignment?.endpoints?.[0]?.lbEndpoints?.[0]?.endpoint?.address?.socketAddress;
  if (socket === undefined) return [];
  const { address = "", portValue = 0 } = socket;
  return [
    ...(address === "" ? ["invalid SocketAddress.Address: value length must be at least 1 runes"] : []),
    ...(portValue > 65_535 ? ["invalid SocketAddress.PortValue: value must be less than or equal to 65535"] : []),
  ];
}
