import type { Endpoint } from "./open-telemetry-endpoint.ts";

/**
 * Why Kuma refuses a cluster that goes to an endpoint, by the rules in Envoy's protobuf files; `undefined` if it does
 * not. A proxy with such a cluster gets nothing at all (pkg/xds/server/v3/reconcile.go:90@v2.13.10).
 *
 * @param cluster its name.
 */
export function refusedSocket(cluster: string, { address, port }: Endpoint): string | undefined {
  const problems = [
    ...(address === "" ? ["invalid SocketAddress.Address: value length must be at least 1 runes"] : []),
    ...(port > 65_535 ? ["invalid SocketAddress.PortValue: value must be less than or equal to 65535"] : []),
  ];
  if (problems.length === 0) return undefined;
  return [
    `invalid resource "${cluster}": invalid Cluster.LoadAssignment: embedded message failed validation`,
    "invalid ClusterLoadAssignment.Endpoints[0]: embedded message failed validation",
    "invalid LocalityLbEndpoints.LbEndpoints[0]: embedded message failed validation",
    "invalid LbEndpoint.Endpoint: embedded message failed validation",
    "invalid Endpoint.Address: embedded message failed validation",
    "invalid Address.SocketAddress: embedded message failed validation",
    problems.join("; "),
  ].join(" | caused by: ");
}
