import type { KumaValues } from "../kuma/kuma-operators.ts";
import { joinHostPort, type Listener } from "../listeners/listener.ts";
import type { Dataplane } from "../source/dataplane.ts";

/**
 * What `%KUMA_…%` becomes in the loggers of a listener. The source address is the proxy's own in every context, inbound
 * too (meshaccesslog/plugin/v1alpha1/plugin.go:67@v2.14.3).
 */
export function kumaValues(dataplane: Dataplane, listener: Listener): KumaValues {
  const { mesh, labels } = dataplane.resource;
  const address = dataplane.advertisedAddress ?? dataplane.address;
  return {
    KUMA_SOURCE_ADDRESS: joinHostPort(address, 0),
    KUMA_SOURCE_ADDRESS_WITHOUT_PORT: address,
    KUMA_SOURCE_SERVICE: listener.sourceService,
    KUMA_DESTINATION_SERVICE: listener.destinationService,
    KUMA_MESH: mesh,
    KUMA_TRAFFIC_DIRECTION: listener.direction,
    KUMA_ZONE: labels.get("kuma.io/zone") ?? "",
    KUMA_WORKLOAD: workload(dataplane),
  };
}

/** The identifier of the workload that a Dataplane belongs to, by its label. */
function workload({ resource: { mesh, labels } }: Dataplane): string {
  const name = labels.get("kuma.io/workload") ?? "";
  if (name === "") return "";
  return `kri_wl_${mesh}_${labels.get("kuma.io/zone") ?? ""}_${labels.get("k8s.kuma.io/namespace") ?? ""}_${name}_`;
}

/** The longest path of a socket, less its suffix (pkg/core/xds/sockets.go:38@v2.14.3). */
const longestSocketPath = 98;

/**
 * The path of the socket on which kuma-dp takes the records of TCP loggers.
 *
 * @param workDirectory what kuma-dp reports as its work directory.
 */
export function accessLogSocket(
  { resource: { name, mesh } }: Dataplane,
  workDirectory: string,
): string {
  const base = `kuma-al-${name}-${mesh}`;
  const path = workDirectory === "" ? base : `${workDirectory.replace(/\/+$/, "")}/${base}`;
  return `${new TextDecoder().decode(new TextEncoder().encode(path).slice(0, longestSocketPath))}.sock`;
}
