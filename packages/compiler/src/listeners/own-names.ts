import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, Inbound } from "../source/dataplane.ts";
import { kri } from "../source/kri.ts";

/** What a proxy and its inbounds are called in access logs. */
export interface OwnNames {
  readonly proxy: string;
  /** Whether that is a tag, a label, or neither is there. */
  readonly from: "kuma.io/service" | "kuma.io/workload" | "nothing";
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
  const byTag = (): ProxyName => named(firstService(dataplane), "kuma.io/service");
  const byWorkload = (): ProxyName => named(workload === "" ? undefined : workload, "kuma.io/workload");
  const alike = (name: ProxyName): OwnNames => ({ ...name, ofInbound: () => name.proxy });
  const ofInbounds = (name: ProxyName): OwnNames => ({
    ...name,
    ofInbound: (inbound) => (inbound.name === undefined ? name.proxy : kri(dataplane.resource, inbound.name)),
  });
  switch (ownName) {
    case "service-tag":
      return alike(byTag());
    case "service-tag-or-workload": {
      if (!inboundTagsDisabled) return alike(byTag());
      const workload = byWorkload();
      return ofInbounds(workload.from === "nothing" ? byTag() : workload);
    }
    case "workload":
      return ofInbounds(byWorkload());
  }
}

type ProxyName = Pick<OwnNames, "proxy" | "from">;

function named(proxy: string | undefined, from: OwnNames["from"]): ProxyName {
  return proxy === undefined ? { proxy: unknown, from: "nothing" } : { proxy, from };
}

/** Kuma's word for a service that it does not know. */
export const unknown = "unknown";

/** In alphabetical order. */
function firstService({ inbounds, gateway }: Dataplane): string | undefined {
  const tags = [...inbounds.map((inbound) => inbound.tags), ...(gateway === undefined ? [] : [gateway.tags])];
  const services = tags.flatMap((one) => one["kuma.io/service"] ?? []).sort();
  return services[0];
}
