import type { LabelFacts } from "../kuma/label-facts.ts";
import { fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";

/** The labels that a control plane writes to proxies, whatever was there (compute.go:167@v2.14.3). */
export function setProxyLabels(
  labels: Map<string, string>,
  { kind, spec }: Pick<Resource, "kind" | "spec">,
  { proxyTypeLabel, zoneListenerLabels }: LabelFacts,
): void {
  const type = proxyType(kind, spec);
  if (type === undefined) return;
  if (proxyTypeLabel) labels.set("kuma.io/proxy-type", type);
  if (kind !== "Dataplane" || !zoneListenerLabels) return;
  if (!proxyTypeLabel) labels.delete("kuma.io/proxy-type");
  const listeners = fields(spec).map("networking")?.maps("listeners") ?? [];
  for (const listener of ["ZoneIngress", "ZoneEgress"]) {
    const key = `kuma.io/listener-${listener.toLowerCase()}`;
    if (listeners.some((given) => given.string("type") === listener)) labels.set(key, "enabled");
    else labels.delete(key);
  }
}

function proxyType(kind: string, spec: Resource["spec"]): string | undefined {
  switch (kind) {
    case "Dataplane": {
      const gateway = fields(spec).map("networking")?.map("gateway");
      return gateway?.string("type") === "BUILTIN" ? "gateway" : "sidecar";
    }
    case "ZoneIngress":
      return "zoneingress";
    case "ZoneEgress":
      return "zoneegress";
    default:
      return undefined;
  }
}
