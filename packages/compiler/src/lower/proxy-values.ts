import type { KumaValues } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import { joinHostPort, type Logging } from "../listeners/listener.ts";
import type { Dataplane } from "../source/dataplane.ts";

/**
 * What `%KUMA_…%` becomes in the loggers of a listener. The source address is the proxy's own in every context, inbound
 * too (meshaccesslog/plugin/v1alpha1/plugin.go:67@v2.14.3).
 */
export function kumaValues(
  dataplane: Pick<Dataplane, "address" | "advertisedAddress"> & {
    readonly resource: Pick<Dataplane["resource"], "mesh" | "labels">;
  },
  { sourceService, destinationService, direction }: Pick<Logging, "sourceService" | "destinationService" | "direction">,
  { sourceAddress }: Profile,
): KumaValues {
  const { mesh, labels } = dataplane.resource;
  const address = (sourceAddress === "advertised" ? dataplane.advertisedAddress : undefined) ?? dataplane.address;
  return {
    KUMA_SOURCE_ADDRESS: joinHostPort(address, 0),
    KUMA_SOURCE_ADDRESS_WITHOUT_PORT: address,
    KUMA_SOURCE_SERVICE: sourceService,
    KUMA_DESTINATION_SERVICE: destinationService,
    KUMA_MESH: mesh,
    KUMA_TRAFFIC_DIRECTION: direction,
    KUMA_ZONE: labels.get("kuma.io/zone") ?? "",
    KUMA_WORKLOAD: workload(mesh, labels),
  };
}

/** The identifier of the workload that a Dataplane belongs to, by its label. */
function workload(mesh: string, labels: ReadonlyMap<string, string>): string {
  const name = labels.get("kuma.io/workload") ?? "";
  if (name === "") return "";
  return `kri_wl_${mesh}_${labels.get("kuma.io/zone") ?? ""}_${labels.get("k8s.kuma.io/namespace") ?? ""}_${name}_`;
}
