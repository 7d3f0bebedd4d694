import type { ListenerFilter } from "../envoy/messages.ts";
import type { LinkedList } from "../lower/linked-logger.ts";
import type { LinkedProxy, LoggedListener } from "../lower/link-proxy.ts";
import type { Selection } from "../match/select.ts";
import type { Policy } from "../validate/policy.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { EffectiveConf } from "../match/effective-conf.ts";
import type { ItemRef } from "../match/policy-items.ts";
import type { CompiledListener, CompiledProxy, CompiledReason } from "./compiled.ts";

/**
 * What a proxy gets, as `meshlog compile` writes it.
 *
 * @param formOf what stands for the loggers of a listener, given list after list: their objects, or their text.
 * @param places the index of each policy in the document, if reasons are wanted.
 */
export function emitProxy<Loggers>(
  { resource: { mesh, name, namespace, labels } }: Dataplane,
  selections: readonly Selection<Policy>[],
  linked: LinkedProxy,
  formOf: (loggers: readonly LinkedList[]) => Loggers,
  places?: PolicyPlaces,
): CompiledProxy<Loggers> {
  return {
    mesh,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: Object.fromEntries(labels),
    ...(linked.error === undefined ? {} : { error: linked.error }),
    policies: selections.map(({ policy }) => policy.resource.name),
    listeners: linked.listeners.flatMap((listener) => emitListener(listener, formOf, places)),
    clusters: linked.clusters,
  };
}

type PolicyPlaces = ReadonlyMap<Policy, number>;

/** One entry for each type of filter. */
function emitListener<Loggers>(
  {
    listener: { name, resource, context, direction, protocol, filters },
    accessLog,
    accessLogOptions,
    needsTlsInspector,
    httpFilters,
    routeMetadata,
    because,
  }: LoggedListener,
  formOf: (loggers: readonly LinkedList[]) => Loggers,
  places: PolicyPlaces | undefined,
): readonly CompiledListener<Loggers>[] {
  return filters.map((filter) => ({
    name,
    resource,
    context,
    direction,
    protocol: protocol === "" ? unknownProtocol : protocol,
    filter,
    accessLog: formOf(accessLog.get(filter) ?? []),
    ...(accessLogOptions !== undefined && filter === "envoy.filters.network.tcp_proxy" ? { accessLogOptions } : {}),
    ...(httpFilters.length > 0 ? { httpFilters } : {}),
    ...(needsTlsInspector ? { listenerFilters: [tlsInspector] } : {}),
    ...(Object.keys(routeMetadata).length > 0 ? { routeMetadata } : {}),
    ...(places === undefined
      ? {}
      : {
          because: because.flatMap(({ confs, routes }) =>
            [...confs, ...routes.values()].map((conf) => reasonOf(conf, places)),
          ),
        }),
  }));
}

function reasonOf({ from, overridden }: EffectiveConf, places: PolicyPlaces): CompiledReason {
  const place = ({ policy, item }: ItemRef): readonly [number, number] => [places.get(policy) ?? -1, item];
  const [policy, item] = place(from);
  return { policy, item, overridden: overridden.map(place) };
}

/** Kuma's own word for it (pkg/core/metadata/protocol.go@v2.14.3). */
const unknownProtocol = "<unknown>";

const tlsInspector: ListenerFilter = {
  name: "envoy.filters.listener.tls_inspector",
  typedConfig: { "@type": "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector" },
};
