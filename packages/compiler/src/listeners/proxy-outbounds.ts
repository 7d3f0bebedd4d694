import type { AllocatedOutbound } from "../kuma/control-plane.ts";
import type { Profile } from "../kuma/profile.ts";
import { type ListenerKey, listenerKey } from "../match/select.ts";
import type { BackendRef, Dataplane, Tags } from "../source/dataplane.ts";
import type { Mesh } from "../source/mesh.ts";
import { type Port, portName, type RealResource } from "../source/real-resources.ts";
import { findPort, type RealResources } from "./resolve-backend.ts";
import type { Services } from "./services.ts";
import { isTransparent } from "./transparent.ts";

/** What a proxy sends traffic to, and where it listens for it. */
export interface ProxyOutbound {
  /** Where it listens; `undefined` where only a running control plane knows. */
  readonly address?: { readonly host: string; readonly port: number };
  readonly destination:
    | { readonly kind: "service"; readonly service: string; readonly tags: Tags }
    | {
        readonly kind: "real-resource";
        readonly resource: RealResource;
        readonly section: string;
        readonly port: Port;
      };
}

/** What the outbounds of the proxies of one mesh depend on. */
export interface OutboundWorld {
  readonly mesh: Mesh;
  readonly services: Services;
  readonly realResources: RealResources;
}

/**
 * The outbounds of a proxy: those of its Dataplane or, if it is transparent, everything that is reachable, up to 2.8
 * with those of its Dataplane too (pkg/xds/sync/dataplane_proxy_builder.go:120@v2.14.3, :147@2.8.8).
 *
 * @param allocated what the control plane is known to listen on for it.
 */
export function proxyOutbounds(
  dataplane: Dataplane,
  world: OutboundWorld,
  allocated: readonly AllocatedOutbound[] | undefined,
  bindsOutbounds: boolean,
  profile: Profile,
): readonly ProxyOutbound[] {
  if (allocated !== undefined) return allocated.flatMap((one) => allocatedOutbound(one, world.realResources));
  if (!bindsOutbounds && !isTransparent(dataplane, profile)) return ownOutbounds(dataplane, world, profile);
  const inbounds = new Set<ListenerKey>(dataplane.inbounds.map(({ address, port }) => listenerKey(address, port)));
  const reachable = [
    ...reachableServices(dataplane, world, profile),
    ...reachableResources(dataplane, world, profile),
  ].filter(({ address }) => address === undefined || !inbounds.has(listenerKey(address.host, address.port)));
  return profile.ownOutbounds === "kept" ? [...reachable, ...ownOutbounds(dataplane, world, profile)] : reachable;
}

function serviceOutbound(service: string, tags: Tags): ProxyOutbound["destination"] {
  return { kind: "service", service, tags };
}

function allocatedOutbound(
  { address, port, tags, resource }: AllocatedOutbound,
  { byId }: RealResources,
): readonly ProxyOutbound[] {
  const at = { address: { host: address, port } };
  if (tags !== undefined) {
    const service = tags["kuma.io/service"];
    return service === undefined ? [] : [{ ...at, destination: serviceOutbound(service, tags) }];
  }
  if (resource === undefined) return [];
  const end = resource.lastIndexOf("_") + 1;
  const section = resource.slice(end);
  const found = byId(resource.slice(0, end));
  const own = found && (section === "" ? found.ports[0] : findPort(found, section));
  if (found === undefined || own === undefined) return [];
  return [{ ...at, destination: { kind: "real-resource", resource: found, section, port: own } }];
}

/** `networking.outbound`, by tags or with a `backendRef`. */
function ownOutbounds(
  { resource: dataplane, outbounds }: Dataplane,
  { realResources }: OutboundWorld,
  { realResources: logged, serviceAddresses, outboundServices }: Profile,
): readonly ProxyOutbound[] {
  return outbounds.flatMap(({ address: host, port, tags, service: field, backendRef }): readonly ProxyOutbound[] => {
    const address = { host, port };
    if (backendRef === undefined) {
      const service = tags["kuma.io/service"] ?? (outboundServices === "tag-or-field" ? field : undefined);
      if (service === undefined || serviceAddresses === "never") return [];
      return [{ address, destination: serviceOutbound(service, tags) }];
    }
    if (logged === "none") return [];
    const resource = realResources.resolve(backendRef, dataplane);
    const section = String(backendRef.port ?? "");
    const own = resource && findPort(resource, section);
    if (resource === undefined || own === undefined) return [];
    return [{ address, destination: { kind: "real-resource", resource, section, port: own } }];
  });
}

/** Every service has an address of its own, which the control plane allocates. */
function reachableServices(
  { transparentProxying }: Dataplane,
  { mesh, services }: OutboundWorld,
  { serviceAddresses }: Profile,
): readonly ProxyOutbound[] {
  if (serviceAddresses === "never") return [];
  if (serviceAddresses === "unless-exclusive" && mesh.meshServices === "Exclusive") return [];
  const listed = new Set(transparentProxying?.reachableServices);
  return services.names
    .filter((service) => listed.size === 0 || listed.has(service))
    .map((service) => ({ destination: serviceOutbound(service, { "kuma.io/service": service }) }));
}

/** Every real resource at each of its addresses and ports; one without an address yet, once for each port. */
function reachableResources(
  dataplane: Dataplane,
  { mesh, realResources }: OutboundWorld,
  profile: Profile,
): readonly ProxyOutbound[] {
  if (profile.realResources === "none") return [];
  const { reachableServices: listed = [], reachableBackends } = dataplane.transparentProxying ?? {};
  if (reachableBackends === undefined && (listed.length > 0 || mesh.meshServices === "ReachableBackends")) return [];
  const reaches =
    reachableBackends === undefined
      ? (): boolean => true
      : reachable(reachableBackends, dataplane, realResources, profile);
  return realResources.all.flatMap((resource) =>
    resource.ports
      .filter((port) => reaches(resource, port))
      .flatMap((port): readonly ProxyOutbound[] => {
        const destination = {
          kind: "real-resource",
          resource,
          section: sectionOf(resource, port, profile),
          port,
        } as const;
        const addresses = resource.vips.map((host) => ({ address: { host, port: port.port }, destination }));
        return addresses.length === 0 ? [{ destination }] : addresses;
      }),
  );
}

function sectionOf({ kind }: RealResource, port: Port, { externalServiceSections }: Profile): string {
  if (kind !== "MeshExternalService") return portName(port);
  return externalServiceSections === "port" ? String(port.port) : "";
}

/** Whether `reachableBackends` lists a port of a resource. */
function reachable(
  refs: readonly BackendRef[],
  { resource: dataplane }: Dataplane,
  realResources: RealResources,
  { unknownReachablePort, externalServiceSections }: Profile,
): (resource: RealResource, port: Port) => boolean {
  const listed = new Map<RealResource, (number | undefined)[]>();
  const add = (resource: RealResource, port: number | undefined): void => {
    const ports = listed.get(resource) ?? [];
    listed.set(resource, ports);
    const isUnknown = port !== undefined && resource.ports.every((one) => one.port !== port);
    ports.push(isUnknown && unknownReachablePort === "all-ports" ? undefined : port);
  };
  for (const ref of refs) {
    const wanted = Object.entries(ref.labels);
    if (wanted.length === 0) {
      const one = realResources.resolve(ref, dataplane);
      if (one !== undefined) add(one, ref.port);
      continue;
    }
    for (const one of realResources.all) {
      if (one.kind !== ref.kind) continue;
      if (wanted.every(([label, value]) => one.resource.labels.get(label) === value)) add(one, ref.port);
    }
  }
  return (resource, { port }) => {
    // Where a MeshExternalService has no sections, none is that of its port.
    const hasPort = resource.kind !== "MeshExternalService" || externalServiceSections === "port";
    return listed.get(resource)?.some((one) => one === undefined || (hasPort && one === port)) ?? false;
  };
}
