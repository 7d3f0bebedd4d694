import type { Cluster, LbEndpoint, SocketAddress } from "../envoy/messages.ts";

/**
 * A cluster whose servers are elsewhere: `endpoint` says where, given the host and port where one is now. A server on a
 * unix socket stays what it is.
 */
export function relocateEndpoints(
  cluster: Cluster,
  endpoint: (address: string, port: number) => { readonly address: string; readonly port: number },
): Cluster {
  const { loadAssignment } = cluster;
  if (loadAssignment?.endpoints === undefined) return cluster;
  const moved = (socket: SocketAddress): SocketAddress => {
    const { address, port } = endpoint(socket.address ?? "", socket.portValue ?? 0);
    return { address, portValue: port };
  };
  const relocated = (server: LbEndpoint): LbEndpoint => {
    const socketAddress = server.endpoint?.address?.socketAddress;
    return socketAddress === undefined ? server : { endpoint: { address: { socketAddress: moved(socketAddress) } } };
  };
  const endpoints = loadAssignment.endpoints.map(({ lbEndpoints = [] }) => ({
    lbEndpoints: lbEndpoints.map(relocated),
  }));
  return { ...cluster, loadAssignment: { ...loadAssignment, endpoints } };
}
