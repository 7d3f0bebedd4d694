import type { BootstrapJson } from "./bootstrap-json.ts";
import type { AccessLogJson } from "./judge.ts";
import { identity } from "./requests.ts";

/** The requests that lines are compared for. */
export const requestNames = ["plain", "mutual TLS", "TCP", "failing upstream"] as const;

export type RequestName = (typeof requestNames)[number];

/** What the upstreams of the listeners are. */
export interface UpstreamPorts {
  readonly http: number;
  readonly echo: number;
  /** A port on which nobody listens. */
  readonly closed: number;
}

/** An Envoy with one listener for each kind of request, each with its own access loggers. */
export function renderBootstrap(
  loggers: Readonly<Record<RequestName, readonly AccessLogJson[]>>,
  ports: UpstreamPorts,
): BootstrapJson {
  const listener = (name: RequestName, filter: object, transportSocket?: object): object => ({
    name,
    address: { socketAddress: { address: "127.0.0.1", portValue: 0 } },
    metadata: { filterMetadata: { "my.ns": values } },
    filterChains: [{ name: `chain ${name}`, filters: [filter], ...(transportSocket && { transportSocket }) }],
  });
  return {
    node: { id: "render", cluster: "render" },
    staticResources: {
      listeners: [
        listener("plain", httpFilter("up", loggers.plain)),
        listener("mutual TLS", httpFilter("up", loggers["mutual TLS"]), serverTls()),
        listener("TCP", {
          name: "envoy.filters.network.tcp_proxy",
          typedConfig: {
            "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
            statPrefix: "tcp",
            cluster: "echo",
            accessLog: loggers.TCP,
          },
        }),
        listener("failing upstream", httpFilter("closed", loggers["failing upstream"])),
      ],
      clusters: [cluster("up", ports.http), cluster("echo", ports.echo), cluster("closed", ports.closed)],
    },
  };
}

/** Values of all types, some hard to print. */
const values = {
  str: "plain",
  num: 12345,
  round: 100000,
  float: 1.5,
  flag: true,
  nul: null,
  list: [1, "a", true, null],
  obj: { a: 'x "q"', z: 1 },
  utf8: "Grüße, 世界",
  empty: "",
};

function httpFilter(to: string, accessLog: readonly AccessLogJson[]): object {
  const set = (name: string, type: string, config: object): object => ({
    name,
    typedConfig: { "@type": `type.googleapis.com/${type}`, ...config },
  });
  return set(
    "envoy.filters.network.http_connection_manager",
    "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
    {
      statPrefix: "http",
      useRemoteAddress: true,
      generateRequestId: true,
      forwardClientCertDetails: "SANITIZE_SET",
      setCurrentClientCertDetails: { uri: true, dns: true, subject: true },
      routeConfig: {
        name: "routes",
        virtualHosts: [
          {
            name: "any",
            domains: ["*"],
            routes: [
              {
                name: "the route",
                match: { prefix: "/" },
                metadata: { filterMetadata: { "my.ns": values } },
                route: { cluster: to },
              },
            ],
          },
        ],
      },
      httpFilters: [
        set("envoy.filters.http.set_metadata", "envoy.extensions.filters.http.set_metadata.v3.Config", {
          metadata: [{ metadataNamespace: "my.ns", value: values }],
        }),
        set("envoy.filters.http.set_filter_state", "envoy.extensions.filters.http.set_filter_state.v3.Config", {
          onRequestHeaders: [
            {
              objectKey: "my.key",
              factoryKey: "envoy.string",
              formatString: { textFormatSource: { inlineString: 'val "q" %REQ(x-utf8)%' } },
            },
          ],
        }),
        set("envoy.filters.http.router", "envoy.extensions.filters.http.router.v3.Router", {}),
      ],
      accessLog,
    },
  );
}

function serverTls(): object {
  const { ca, cert, key } = identity("server");
  return {
    name: "envoy.transport_sockets.tls",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      requireClientCertificate: true,
      commonTlsContext: {
        tlsCertificates: [{ certificateChain: { inlineString: cert }, privateKey: { inlineString: key } }],
        validationContext: { trustedCa: { inlineString: ca } },
      },
    },
  };
}

function cluster(name: string, port: number): object {
  return {
    name,
    connectTimeout: "1s",
    metadata: { filterMetadata: { "my.ns": values } },
    loadAssignment: {
      clusterName: name,
      endpoints: [
        { lbEndpoints: [{ endpoint: { address: { socketAddress: { address: "127.0.0.1", portValue: port } } } }] },
      ],
    },
  };
}
