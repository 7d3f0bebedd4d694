import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, Inbound } from "../source/dataplane.ts";
import { filterFor, joinHostPort, type Listener } from "./listener.ts";
import { type Services, servicelessPort } from "./services.ts";

/** The listeners of a sidecar that can log, in the order in which Kuma configures them. */
export function sidecarListeners(dataplane: Dataplane, services: Services, profile: Profile): readonly Listener[] {
  return [
    ...inboundListeners(dataplane, profile),
    ...(isTransparent(dataplane)
      ? [...reachableServices(dataplane, services), ...passthroughListeners(dataplane)]
      : outboundListeners(dataplane, services)),
  ];
}

/** What the proxy calls itself: the first `kuma.io/service` of its inbounds in alphabetical order. */
function ownService({ inbounds }: Dataplane): string {
  const names = inbounds.flatMap(({ tags }) => tags["kuma.io/service"] ?? []).sort();
  return names[0] ?? "unknown";
}

/**
 * One listener for each address and port. Of two inbounds on one the later makes the listener, and so its filter; the
 * earlier is the one that access logs are configured for, and so its protocol decides the default format.
 */
function inboundListeners(dataplane: Dataplane, profile: Profile): readonly Listener[] {
  const real = dataplane.inbounds.filter(({ port }) => port !== servicelessPort);
  const byName = Map.groupBy(real, ({ address, port }) => `inbound:${joinHostPort(address, port)}`);
  return [...byName].flatMap(([name, inbounds]) => {
    const [first, last] = [inbounds[0], inbounds.at(-1)];
    if (first === undefined || last === undefined) return [];
    return {
      name,
      resource: first.name ?? String(first.port),
      context: "inbound",
      direction: "INBOUND",
      protocol: inboundProtocol(first, profile),
      filter: filterFor(inboundProtocol(last, profile)),
      sourceService: "unknown",
      destinationService: ownService(dataplane),
      rules: { kind: "inbound", inbound: first },
    } as const;
  });
}

function inboundProtocol({ protocol = "", tags }: Inbound, { inboundProtocol: from }: Profile): string {
  const tag = tags["kuma.io/protocol"] ?? "";
  switch (from) {
    case "tag":
      return tag.toLowerCase();
    case "field-or-tag":
      return (protocol === "" ? tag : protocol).toLowerCase();
    case "field":
      return protocol.toLowerCase();
  }
}

/** `networking.outbound` of a proxy that its traffic is sent to: by `kuma.io/service`. */
function outboundListeners(dataplane: Dataplane, services: Services): readonly Listener[] {
  const byName = new Map<string, Listener>();
  for (const { address, port, tags } of dataplane.outbounds) {
    const service = tags["kuma.io/service"];
    if (service === undefined) continue;
    const name = `outbound:${joinHostPort(address, port)}`;
    byName.set(name, serviceListener(dataplane, name, service, services));
  }
  return [...byName.values()];
}

/** With transparent proxying every service of the mesh has a listener, on an address that the control plane gives it. */
function reachableServices(dataplane: Dataplane, services: Services): readonly Listener[] {
  const { reachableServices: listed = [] } = dataplane.transparentProxying ?? {};
  if (!services.haveAddresses) return [];
  return [...services.protocols.keys()]
    .filter((service) => listed.length === 0 || listed.includes(service))
    .sort()
    .map((service) => serviceListener(dataplane, null, service, services));
}

function serviceListener(dataplane: Dataplane, name: string | null, service: string, services: Services): Listener {
  const protocol = services.protocols.get(service) ?? "";
  return {
    name,
    resource: service,
    context: "outbound",
    direction: "OUTBOUND",
    protocol,
    filter: filterFor(protocol),
    sourceService: ownService(dataplane),
    destinationService: service,
    rules: { kind: "to", service },
  };
}

/** pkg/xds/generator/transparent_proxy_generator.go:46@v2.14.3 */
function passthroughListeners(dataplane: Dataplane): readonly Listener[] {
  const families = dataplane.transparentProxying?.ipFamilyMode === "IPv4" ? ["ipv4"] : ["ipv4", "ipv6"];
  return families.map((family) => ({
    name: `outbound:passthrough:${family}`,
    resource: family,
    context: "passthrough",
    direction: "OUTBOUND",
    protocol: "tcp",
    filter: "envoy.filters.network.tcp_proxy",
    sourceService: ownService(dataplane),
    destinationService: "external",
    rules: { kind: "to", service: undefined },
  }));
}

function isTransparent({ transparentProxying }: Dataplane): boolean {
  return (transparentProxying?.redirectPortOutbound ?? 0) !== 0;
}
