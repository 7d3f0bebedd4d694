import type { Address, Cluster } from "../envoy/messages.ts";
import type { Profile } from "../kuma/profile.ts";
import type { Collector } from "./open-telemetry-destination.ts";
import { isIpAddress } from "../validate/open-telemetry-endpoint.ts";

/** How the clusters of one proxy are made. */
export interface ClusterOptions {
  /** The proxy's own address is IPv6: names are resolved to any family. */
  readonly isIpv6: boolean;
  /** Clusters are named after what they lead to, not numbered. */
  readonly hasUnifiedNames: boolean;
  readonly profile: Profile;
}

/**
 * The clusters that the loggers of one proxy need. Collectors are numbered from 0 in the order in which they are first
 * used, whichever policy they came from (meshaccesslog/plugin/xds/configurer.go:110@v2.14.3).
 */
export interface ClusterRegistry {
  /** The name of the cluster for a collector. */
  readonly nameOf: (collector: Collector) => string;
  /**
   * The clusters so far, in the order of their numbers. Two collectors can have one name under unified names: the
   * first stays, which of them does in Kuma is random.
   */
  readonly clusters: () => readonly Cluster[];
}

/** An empty registry. */
export function clusterRegistry(options: ClusterOptions): ClusterRegistry {
  const names = new Map<string, string>();
  const clusters = new Map<string, Cluster>();
  return {
    nameOf(collector) {
      const identity = JSON.stringify(collector);
      const known = names.get(identity);
      if (known !== undefined) return known;
      const name = options.hasUnifiedNames ? unifiedName(collector) : `meshaccesslog:opentelemetry:${names.size}`;
      names.set(identity, name);
      if (!clusters.has(name)) clusters.set(name, cluster(name, collector, options));
      return name;
    },
    clusters: () => [...clusters.values()],
  };
}

/** The protocol is not in it, and what is no small letter, digit, `-` or `_` is a `-` (pkg/core/system_names@v2.14.3). */
function unifiedName(collector: Collector): string {
  const subject =
    collector.kind === "socket" ? `otel_${clean(collector.backend)}` : clean(`${collector.address}-${collector.port}`);
  return `system_meshaccesslog_${subject}`;
}

function clean(name: string): string {
  return name.replace(/[^a-z0-9_-]/gu, "-");
}

/** pkg/xds/envoy/clusters@v2.14.3 */
function cluster(name: string, collector: Collector, { isIpv6, profile }: ClusterOptions): Cluster {
  const isStatic = collector.kind === "socket" || isIpAddress(collector.address);
  const altStatName = name.replace(/[^a-zA-Z_\-0-9]/g, "_");
  const http2 = collector.kind === "socket" || collector.http2;
  return {
    name,
    ...(altStatName === name ? {} : { altStatName }),
    type: isStatic ? "STATIC" : "STRICT_DNS",
    connectTimeout: profile.clusterConnectTimeout,
    loadAssignment: {
      clusterName: name,
      endpoints: [{ lbEndpoints: [{ endpoint: { address: addressOf(collector) } }] }],
    },
    ...(profile.clustersTrackRemaining ? { circuitBreakers: { thresholds: [{ trackRemaining: true }] } } : {}),
    ...(isStatic || isIpv6 ? {} : { dnsLookupFamily: "V4_ONLY" }),
    ...(http2 ? { typedExtensionProtocolOptions: http2ProtocolOptions } : {}),
  };
}

function addressOf(collector: Collector): Address {
  if (collector.kind === "socket") return { pipe: { path: collector.path } };
  const { address, port } = collector;
  return { socketAddress: { ...(address === "" ? {} : { address }), portValue: port } };
}

const http2ProtocolOptions: NonNullable<Cluster["typedExtensionProtocolOptions"]> = {
  "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
    "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
    explicitHttpConfig: { http2ProtocolOptions: {} },
  },
};
