import type { Profile } from "../kuma/profile.ts";
import { satisfies } from "../match/select-gateway.ts";
import { type ListenerKey, listenerKey, type Selection } from "../match/select.ts";
import { type SelectingPolicy, selectionOf } from "../match/selecting-policy.ts";
import type { Dataplane } from "../source/dataplane.ts";
import { fields } from "../source/fields.ts";
import type { GatewayListener, MeshGateway } from "../source/mesh-gateway.ts";
import type { Resource } from "../source/resources.ts";
import { filterFor, type Listener, type Logging, type NetworkFilter, type ProxyListeners } from "./listener.ts";
import { type OwnNames, unknown } from "./own-names.ts";

/** What the listeners of a gateway depend on. */
export interface GatewayContext {
  readonly gateway: MeshGateway | undefined;
  readonly names: OwnNames;
  /** The MeshGatewayRoutes of the mesh. */
  readonly gatewayRoutes: readonly Resource[];
  /** The route policies that select the proxy. */
  readonly httpRoutes: readonly Selection<SelectingPolicy>[];
  readonly tcpRoutes: readonly Selection<SelectingPolicy>[];
  readonly profile: Profile;
}

/**
 * The listeners that a MeshGateway gives a Dataplane, one for each port with the protocol of its first entry
 * (pkg/plugins/runtime/gateway/listener_generator.go:45@v2.14.3). A sidecar has them only where a route on the Mesh asks for
 * them.
 */
export function gatewayListeners(dataplane: Dataplane, context: GatewayContext): ProxyListeners {
  const { gateway } = context;
  if (gateway === undefined) return { listeners: [], loggings: [] };
  const isBuiltin = dataplane.gateway?.isBuiltin === true;
  const ports = Map.groupBy(gateway.listeners, ({ port }) => port);
  const made = [...ports.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined || !(isBuiltin || isAskedFor(first, context))) return [];
    return {
      entries,
      protocol: first.protocol,
      listener: gatewayListener(first, entries, dataplane, gateway, context),
    };
  });
  return {
    listeners: made.map(({ listener }) => listener),
    loggings: made.flatMap(({ entries, protocol, listener }) =>
      loggingsOf(listener, protocol.toLowerCase(), entries.length, context),
    ),
  };
}

function gatewayListener(
  { port, protocol }: GatewayListener,
  entries: readonly GatewayListener[],
  dataplane: Dataplane,
  gateway: MeshGateway,
  context: GatewayContext,
): Listener {
  return {
    name: `${gateway.resource.name}:${protocol}:${port}`,
    resource: String(port),
    context: "gateway",
    direction: "OUTBOUND",
    protocol: protocol.toLowerCase(),
    key: listenerKey(dataplane.address, port),
    filters: filtersOf(protocol, entries, dataplane, gateway, context),
  };
}

/** A TCP or TLS listener has a filter only where a route applies. */
function filtersOf(
  protocol: string,
  entries: readonly GatewayListener[],
  dataplane: Dataplane,
  gateway: MeshGateway,
  { gatewayRoutes, tcpRoutes }: GatewayContext,
): readonly NetworkFilter[] {
  if (isHttpListener(protocol)) return [filterFor("http")];
  const hasRoute = gatewayRoutes.some(({ spec }) => {
    const route = fields(spec);
    return (
      route.map("conf")?.map("tcp") !== undefined &&
      entries.some(({ tags }) => {
        const all = { ...dataplane.gateway?.tags, ...gateway.tags, ...tags };
        return route.maps("selectors").some((selector) => satisfies(all, selector.record("match")));
      })
    );
  });
  return hasRoute || tcpRoutes.some(isOnMesh) ? ["envoy.filters.network.tcp_proxy"] : [];
}

function isHttpListener(protocol: string): boolean {
  return protocol === "HTTP" || protocol === "HTTPS";
}

/** A sidecar has the listeners of its MeshGateway's protocols for which there is a route on the Mesh. */
function isAskedFor({ protocol }: GatewayListener, { httpRoutes, tcpRoutes, profile }: GatewayContext): boolean {
  if (profile.sidecarGateways === "none") return false;
  return (isHttpListener(protocol) ? httpRoutes : tcpRoutes).some(isOnMesh);
}

function isOnMesh({ policy }: Selection<SelectingPolicy>): boolean {
  return selectionOf(policy).kind === "Mesh";
}

/** What Kuma logs on a gateway listener: what goes out, then what comes in. */
function loggingsOf(
  listener: Listener,
  protocol: string,
  entries: number,
  { names, profile }: GatewayContext,
): readonly Logging[] {
  const outgoing = (key: ListenerKey | undefined): Logging => ({
    listener,
    direction: "OUTBOUND",
    protocol,
    sourceService: names.proxy,
    destinationService: "*",
    rules: { kind: "gateway", key },
  });
  switch (profile.gatewayRules) {
    case "proxy":
      // Once for each entry of the port.
      return Array.from({ length: entries }, () => outgoing(undefined));
    case "listener":
      return listener.key === undefined
        ? []
        : [
            outgoing(listener.key),
            {
              listener,
              direction: "INBOUND",
              protocol,
              sourceService: unknown,
              destinationService: names.proxy,
              rules: { kind: "inbound", key: listener.key },
            },
          ];
  }
}
