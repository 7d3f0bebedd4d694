import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, Inbound } from "../source/dataplane.ts";
import { kri } from "../source/kri.ts";

/** What a proxy and its inbounds are called in access logs. */
export interface OwnNames {
  readonly proxy: string;
  readonly ofInbound: (inbound: Inbound) => string;
}

/**
 * What a proxy calls itself: its first `kuma.io/service`, or its workload; where the workload counts, an inbound with a
 * name has that of its own (pkg/core/resources/apis/mesh/dataplane_helpers.go:181@v2.14.3, :150@main).
 *
 * @param inboundTagsDisabled an option of the control plane, which 2.14 has.
 */
export function ownNames(dataplane: Dataplane, { ownName }: Profile, inboundTagsDisabled: boolean): OwnNames {
  const workload = dataplane.resource.labels.get("kuma.io/workload") ?? "";
  const ofInbounds =
    (name: string) =>
    (inbound: Inbound): string =>
      inbound.name === undefined ? name : kri(dataplane.resource, inbound.name);
  switch (ownName) {
    case "service-tag":
      return called(firstService(dataplane));
    case "service-tag-or-workload": {
      if (!inboundTagsDisabled) return called(firstService(dataplane));
      const proxy = workload === "" ? firstService(dataplane) : workload;
      return { proxy, ofInbound: ofInbounds(proxy) };
    }
    case "workload": {
      const proxy = workload === "" ? unknown : workload;
      return { proxy, ofInbound: ofInbounds(proxy) };
    }
  }
}

/** Kuma's word for a service that it does not know. */
export const unknown = "unknown";

function called(proxy: string): OwnNames {
  return { proxy, ofInbound: () => proxy };
}

/** In alphabetical order. */
function firstService({ inbounds, gateway }: Dataplane): string {
  const tags = [...inbounds.map((inbound) => inbound.tags), ...(gateway === undefined ? [] : [gateway.tags])];
  const services = tags.flatMap((one) => one["kuma.io/service"] ?? []).sort();
  return services[0] ?? unknown;
}
