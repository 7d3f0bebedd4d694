import type { Cluster } from "../envoy/messages.ts";
import { refusedSocket } from "../validate/refused-socket.ts";

/**
 * The error of a proxy that would get these clusters: Kuma validates what it has generated. Of several clusters that fail
 * Kuma names any; here it is the first.
 */
export function refusedCluster(clusters: readonly Cluster[]): string | undefined {
  for (const { name = "", loadAssignment } of clusters) {
    const socket = loadAssignment?.endpoints?.[0]?.lbEndpoints?.[0]?.endpoint?.address?.socketAddress;
    const { address = "", portValue: port = 0 } = socket ?? {};
    const error = socket && refusedSocket(name, { address, port });
    if (error !== undefined) return error;
  }
  return undefined;
}
