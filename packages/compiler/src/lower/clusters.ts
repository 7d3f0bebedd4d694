import type { Cluster } from "../envoy/messages.ts";
import { type Endpoint, isIpAddress } from "./open-telemetry-endpoint.ts";

/** How the clusters of one proxy are made. */
export interface ClusterOptions {
  /** The proxy's own address is IPv6: names are resolved to any family. */
  readonly isIpv6: boolean;
  /** `Profile.clusterConnectTimeout`. */
  readonly connectTimeout: string;
}

/** Where an OpenTelemetry logger sends its records. */
export interface Collector extends Endpoint {
  readonly http2: boolean;
}

/**
 * The clusters that the loggers of one proxy need. Endpoints are numbered from 0 in the order in which they are first
 * used, whichever policy they came from (pkg/plugins/policies/core/xds/otel.go@v2.14.3).
 */
export interface ClusterRegistry {
  /** The name of the cluster for a collector. */
  nameOf(collector: Collector): string;
  /** The clusters so far, in the order of their numbers. */
  clusters(): readonly Cluster[];
}

/** An empty registry. */
export function clusterRegistry(options: ClusterOptions): ClusterRegistry {
  const collectors = new Map<string, { readonly name: string; readonly collector: Collector }>();
  return {
    nameOf(collector) {
      const identity = JSON.stringify([collector.address, collector.port, collector.http2]);
      const known = collectors.get(identity);
      if (known !== undefined) return known.name;
      const name = `meshaccesslog:opentelemetry:${collectors.size}`;
      collectors.set(identity, { name, collector });
      return name;
    },
    clusters: () => [...collectors.values()].map(({ name, collector }) => cluster(name, collector, options)),
  };
}

/** pkg/envoy/builders/cluster@v2.14.3; the circuit breakers are those that the plugin MeshCircuitBreaker adds to every cluster. */
function cluster(
  name: string,
  { address, port, http2 }: Collector,
  { isIpv6, connectTimeout }: ClusterOptions,
): Cluster {
  const isStatic = isIpAddress(address);
  return {
    name,
    altStatName: name.replace(/[^a-zA-Z_\-0-9]/g, "_"),
    type: isStatic ? "STATIC" : "STRICT_DNS",
    connectTimeout,
    loadAssignment: {
      clusterName: name,
      endpoints: [{ lbEndpoints: [{ endpoint: { address: { socketAddress: { address, portValue: port } } } }] }],
    },
    circuitBreakers: { thresholds: [{ trackRemaining: true }] },
    ...(isStatic || isIpv6 ? {} : { dnsLookupFamily: "V4_ONLY" }),
    ...(http2 ? { typedExtensionProtocolOptions: http2ProtocolOptions } : {}),
  };
}

const http2ProtocolOptions: NonNullable<Cluster["typedExtensionProtocolOptions"]> = {
  "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
    "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
    explicitHttpConfig: { http2ProtocolOptions: {} },
  },
};
