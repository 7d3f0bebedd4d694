import type { Profile } from "../kuma/profile.ts";
import { satisfies } from "../match/select-gateway.ts";
import {
  type ListenerKey,
  listenerKey,
  type SelectedProxy,
  selectedGatewayListeners,
  type Selection,
} from "../match/select.ts";
import type { SelectingPolicy } from "../match/selecting-policy.ts";
import type { Dataplane } from "../source/dataplane.ts";
import { fields } from "../source/fields.ts";
import type { Mesh } from "../source/mesh.ts";
import type { GatewayListener, MeshGateway } from "../source/mesh-gateway.ts";
import type { Resource } from "../source/resources.ts";
import { filterFor, type Listener, type Logging, type NetworkFilter, type ProxyListeners } from "./listener.ts";
import { type OwnNames, unknown } from "./own-names.ts";

/** What the listeners of a gateway depend on. */
export interface GatewayContext {
  /** The MeshGateway that makes the listeners: of all in the mesh, those of other zones too. */
  readonly gateway: MeshGateway | undefined;
  readonly mesh: Mesh;
  readonly names: OwnNames;
  /** The MeshGatewayRoutes of the mesh. */
  readonly gatewayRoutes: readonly Resource[];
  /** The route policies that select the proxy. */
  readonly httpRoutes: readonly Selection<SelectingPolicy>[];
  readonly tcpRoutes: readonly Selection<SelectingPolicy>[];
  readonly profile: Profile;
}

/**
 * The listeners that a MeshGateway gives a proxy, one for each port with the protocol of its first entry
 * (pkg/plugins/runtime/gateway/generator.go:192@v2.14.3). From 2.6 on, where a MeshHTTPRoute selects any of them, all with
 * HTTP are made for the route, as are those without HTTP for a MeshTCPRoute; a sidecar with the tags of a MeshGateway has
 * no others (pkg/plugins/policies/core/xds/meshroute/gateway/gateway.go:43@v2.14.3).
 */
export function gatewayListeners(proxy: SelectedProxy, context: GatewayContext): ProxyListeners {
  const { gateway, httpRoutes, tcpRoutes, profile } = context;
  const { dataplane } = proxy;
  if (gateway === undefined) return { listeners: [], loggings: [] };
  const isBuiltin = dataplane.gateway?.isBuiltin === true;
  const ports = Map.groupBy(gateway.listeners, ({ port }) => port);
  const [routedHttp, routedTcp] = [httpRoutes, tcpRoutes].map((routes) => routedEntries(routes, proxy, profile));
  const made = [...ports.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const { protocol } = first;
    const routed = isHttpListener(protocol) ? routedHttp : routedTcp;
    if (!isBuiltin && routed === undefined) return [];
    return {
      entries,
      protocol,
      listener: gatewayListener(first, filtersOf(protocol, entries, routed, dataplane, context), dataplane, gateway),
    };
  });
  if (isBuiltin && routedHttp === undefined && made.some(({ entries: [first] }) => needsMtls(first, context))) {
    return { listeners: [], loggings: [], error: withoutMtls };
  }
  return {
    listeners: made.map(({ listener }) => listener),
    loggings: made.flatMap(({ entries, protocol, listener }) =>
      loggingsOf(listener, protocol.toLowerCase(), entries.length, context),
    ),
  };
}

/** What a control plane logs of a listener for other meshes that lacks mutual TLS (filter_chain_generator.go:491@v2.11.18). */
const withoutMtls =
  'imports[0]{name="gateway-proxy"}: gateway.Generator failed: mTLS must be enabled for crossMesh-enabled MeshGateways';

function needsMtls(entry: GatewayListener | undefined, { mesh }: GatewayContext): boolean {
  return entry?.isCrossMesh === true && entry.protocol === "HTTP" && !mesh.hasMtls;
}

function gatewayListener(
  { port, protocol }: GatewayListener,
  filters: readonly NetworkFilter[],
  { address }: Dataplane,
  { resource }: MeshGateway,
): Listener {
  return {
    name: `${resource.name}:${protocol}:${port}`,
    resource: String(port),
    context: "gateway",
    direction: "OUTBOUND",
    protocol: protocol.toLowerCase(),
    key: listenerKey(address, port),
    filters,
  };
}

/** The entries, by port and host name, that route policies select; `undefined` where they have no say. */
function routedEntries(
  routes: readonly Selection<SelectingPolicy>[],
  proxy: SelectedProxy,
  profile: Profile,
): ReadonlySet<string> | undefined {
  if (profile.gatewayRoutes === "gateway-routes") return undefined;
  const entries = routes.flatMap(({ policy }) => selectedGatewayListeners(policy, proxy, profile)).map(entryOf);
  return entries.length === 0 ? undefined : new Set(entries);
}

function entryOf({ port, hostname }: GatewayListener): string {
  return `${port}:${hostname === "" ? "*" : hostname}`;
}

/**
 * An HTTP listener always has a filter, an HTTPS listener one for each entry; any other has one only where a route applies
 * (pkg/plugins/runtime/gateway/filter_chain_generator.go@v2.14.3).
 */
function filtersOf(
  protocol: string,
  entries: readonly GatewayListener[],
  routed: ReadonlySet<string> | undefined,
  dataplane: Dataplane,
  { gateway, gatewayRoutes }: GatewayContext,
): readonly NetworkFilter[] {
  const isRouted = routed !== undefined && entries.some((entry) => routed.has(entryOf(entry)));
  if (protocol === "HTTP") return [filterFor("http")];
  if (protocol === "HTTPS") return routed === undefined || isRouted ? [filterFor("http")] : [];
  if (routed !== undefined) return isRouted ? [filterFor("tcp")] : [];
  const hasRoute = gatewayRoutes.some(({ spec }) => {
    const route = fields(spec);
    return (
      route.map("conf")?.map("tcp") !== undefined &&
      entries.some(({ tags }) => {
        const all = { ...dataplane.gateway?.tags, ...gateway?.tags, ...tags };
        return route.maps("selectors").some((selector) => satisfies(all, selector.record("match")));
      })
    );
  });
  return hasRoute ? [filterFor("tcp")] : [];
}

function isHttpListener(protocol: string): boolean {
  return protocol === "HTTP" || protocol === "HTTPS";
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
