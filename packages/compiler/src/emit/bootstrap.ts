import type { Cluster } from "../envoy/messages.ts";
import type { CompiledListener, CompiledProxy } from "./compiled.ts";
import { relocateEndpoints } from "./relocate-endpoints.ts";
import { relocateFiles } from "./relocate-files.ts";

/** What a bootstrap needs to know of a listener. */
export type BootstrapListener = Omit<CompiledListener, "protocol" | "resource"> & { readonly resource?: string };

/** What a bootstrap needs to know of a proxy. */
export type BootstrapProxy = Pick<CompiledProxy, "mesh" | "name" | "clusters"> & {
  readonly listeners: readonly BootstrapListener[];
};

/** Where the parts of a bootstrap are to be found on this machine. */
export interface BootstrapOptions {
  /** The port of 127.0.0.1 for a listener, 0 for a free one; undefined leaves the listener out. */
  readonly port: (listener: BootstrapListener) => number | undefined;
  /** The server that all listeners lead to. */
  readonly upstream: { readonly address: string; readonly port: number };
  /** Where a file logger writes, given its own path; by default there. */
  readonly path?: (path: string) => string;
  /** Where a collector is, given its own host and port; by default there. */
  readonly endpoint?: (address: string, port: number) => { readonly address: string; readonly port: number };
  /** The port of the admin interface on 127.0.0.1; by default a free one. */
  readonly adminPort?: number;
}

/** An `envoy.config.bootstrap.v3.Bootstrap` in protobuf JSON. */
export interface Bootstrap {
  readonly node: object;
  readonly admin: object;
  readonly staticResources: { readonly listeners: readonly object[]; readonly clusters: readonly Cluster[] };
}

/** The header by which a request asks for one of a listener's named routes (those with metadata). */
export const routeHeader = "x-meshlog-route";

/** The cluster that all listeners lead to. */
const upstreamCluster = "meshlog_upstream";

/**
 * An Envoy configuration with which one proxy's access loggers can be tried on any machine: its listeners without the
 * mesh (no TLS, no control plane), each with the network filter and access loggers that it has in the mesh, and all
 * leading to one upstream.
 */
export function bootstrap(proxy: BootstrapProxy, options: BootstrapOptions): Bootstrap {
  const names = new Map<string, number>();
  const listeners = proxy.listeners.flatMap((logged) => {
    const port = options.port(logged);
    if (port === undefined) return [];
    return [listener(uniqueName(logged.name ?? logged.resource ?? logged.context, names), port, logged, options)];
  });
  const { endpoint } = options;
  const clusters = endpoint ? proxy.clusters.map((cluster) => relocateEndpoints(cluster, endpoint)) : proxy.clusters;
  return {
    node: { id: `${proxy.mesh}.${proxy.name}`, cluster: proxy.name },
    admin: { address: localhost(options.adminPort ?? 0) },
    staticResources: { listeners, clusters: [...clusters, upstream(options.upstream)] },
  };
}

/** A listener with HTTP and TCP filter chains has two entries of one name; Envoy wants one name for one listener. */
function uniqueName(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}#${count}`;
}

function listener(name: string, port: number, logged: BootstrapListener, { path }: BootstrapOptions): object {
  const accessLog = path ? logged.accessLog.map((logger) => relocateFiles(logger, path)) : logged.accessLog;
  const common = {
    statPrefix: logged.context,
    accessLog,
    ...(logged.accessLogOptions && { accessLogOptions: logged.accessLogOptions }),
  };
  return {
    name,
    address: localhost(port),
    trafficDirection: logged.direction,
    ...(logged.listenerFilters && { listenerFilters: logged.listenerFilters }),
    filterChains: [{ filters: [{ name: logged.filter, typedConfig: networkFilter(logged, common) }] }],
  };
}

function networkFilter(logged: BootstrapListener, common: object): object {
  switch (logged.filter) {
    case "envoy.filters.network.tcp_proxy":
      return {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        ...common,
        cluster: upstreamCluster,
      };
    case "envoy.filters.network.http_connection_manager":
      return {
        "@type":
          "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        ...common,
        httpFilters: [...(logged.httpFilters ?? []), router],
        routeConfig: { name: "all", virtualHosts: [{ name: "all", domains: ["*"], routes: routes(logged) }] },
      };
  }
}

const router = {
  name: "envoy.filters.http.router",
  typedConfig: { "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router" },
};

/** Named routes, which a request asks for by {@link routeHeader}, and then one for all other requests. */
function routes({ routeMetadata = {} }: BootstrapListener): readonly object[] {
  const route = { cluster: upstreamCluster };
  const named = Object.entries(routeMetadata).map(([name, metadata]) => ({
    name,
    match: { prefix: "/", headers: [{ name: routeHeader, stringMatch: { exact: name } }] },
    metadata,
    route,
  }));
  return [...named, { match: { prefix: "/" }, route }];
}

const localhost = (portValue: number) => ({ socketAddress: { address: "127.0.0.1", portValue } });

function upstream({ address, port }: BootstrapOptions["upstream"]): Cluster {
  const isAddress = /^[\d.]+$|:/.test(address);
  const endpoint = { address: { socketAddress: { address, portValue: port } } };
  return {
    name: upstreamCluster,
    type: isAddress ? "STATIC" : "STRICT_DNS",
    connectTimeout: "5s",
    loadAssignment: { clusterName: upstreamCluster, endpoints: [{ lbEndpoints: [{ endpoint }] }] },
  };
}
