import type { Cluster } from "../envoy/messages.ts";
import type { ProxyMetadata } from "../kuma/control-plane.ts";
import { pluginError } from "../kuma/plugin-error.ts";
import type { Profile } from "../kuma/profile.ts";
import type { Logging } from "../listeners/listener.ts";
import { hasUnifiedNames } from "../listeners/unified-names.ts";
import type { Dataplane } from "../source/dataplane.ts";
import { readMesh } from "../source/mesh.ts";
import type { OpenTelemetryBackend } from "../source/open-telemetry-backend.ts";
import type { Resource } from "../source/resources.ts";
import { accessLogSocket } from "./access-log-socket.ts";
import { clusterRegistry } from "./clusters.ts";
import type { ListenerValues } from "./link.ts";
import { collectorOf, type OpenTelemetryDestination } from "./open-telemetry-destination.ts";
import { kumaValues } from "./proxy-values.ts";
import { refusedCluster } from "./refused-cluster.ts";

/** What a proxy's loggers depend on beside its own resource. */
export interface ProxySurroundings {
  readonly profile: Profile;
  /** The Mesh, if it is known. */
  readonly mesh: Resource | undefined;
  /** The MeshOpenTelemetryBackends of the mesh, oldest first. */
  readonly backends: readonly OpenTelemetryBackend[];
  /** What the proxy reports of itself. */
  readonly metadata: ProxyMetadata;
}

/** Links the loggers of one proxy. Its listeners are asked for in Kuma's order, since that order numbers the clusters. */
export interface ProxyLinker {
  /** What fills the loggers of a listener: one object for all traffic with the same values. */
  readonly valuesOf: (logging: Pick<Logging, "sourceService" | "destinationService" | "direction">) => ListenerValues;
  /** After all listeners: the clusters that their loggers need, or why the proxy gets no configuration. */
  readonly finish: () => { readonly clusters: readonly Cluster[]; readonly error?: string };
}

/** A linker for one proxy. */
export function proxyLinker(
  dataplane: Pick<Dataplane, "address" | "advertisedAddress" | "gateway"> & {
    readonly resource: Pick<Dataplane["resource"], "mesh" | "name" | "labels">;
  },
  { profile, mesh, backends, metadata }: ProxySurroundings,
): ProxyLinker {
  const { workdir = "", features = [], dynamicMetadata = {} } = metadata;
  const registry = clusterRegistry({
    isIpv6: dataplane.address.includes(":"),
    hasUnifiedNames: hasUnifiedNames(readMesh(mesh), metadata, profile),
    profile,
  });
  const hostAddress = dynamicMetadata["HOST_IP"];
  const surroundings = {
    backends,
    ...(hostAddress === undefined ? {} : { hostAddress }),
    ...(features.includes("feature-otel-via-kuma-dp") ? { openTelemetrySockets: workdir } : {}),
  };
  const socketPath = accessLogSocket(dataplane.resource, metadata, profile);
  const clusterNames = new Map<OpenTelemetryDestination, string | undefined>();
  const clusterOf = (destination: OpenTelemetryDestination): string | undefined => {
    if (clusterNames.has(destination)) return clusterNames.get(destination);
    const collector = collectorOf(destination, surroundings);
    const name = collector && registry.nameOf(collector);
    clusterNames.set(destination, name);
    return name;
  };
  let firstError: string | undefined;
  const refuse = (error: string): void => void (firstError ??= error);
  const known = new Map<string, ListenerValues>();
  return {
    valuesOf(logging) {
      const key = JSON.stringify([logging.sourceService, logging.destinationService, logging.direction]);
      const before = known.get(key);
      if (before !== undefined) return before;
      const values = { kuma: kumaValues(dataplane, logging, profile), socketPath, clusterOf, refuse };
      known.set(key, values);
      return values;
    },
    finish() {
      const clusters = registry.clusters();
      const generator = dataplane.gateway?.isBuiltin === true ? "gateway-proxy" : "default-proxy";
      const error = firstError === undefined ? refusedCluster(clusters) : pluginError(firstError, generator, profile);
      return error === undefined ? { clusters } : { clusters: [], error };
    },
  };
}
