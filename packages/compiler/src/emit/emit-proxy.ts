import type { ListenerFilter } from "../envoy/messages.ts";
import type { LinkedProxy, LoggedListener } from "../lower/link-proxy.ts";
import type { Selection } from "../match/select.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { CompiledListener, CompiledProxy } from "./compiled.ts";

/** What a proxy gets, as `meshlog compile` writes it. */
export function emitProxy(
  { resource: { mesh, name, namespace, labels } }: Dataplane,
  selections: readonly Selection[],
  linked: LinkedProxy,
): CompiledProxy {
  return {
    mesh,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: Object.fromEntries(labels),
    ...(linked.error === undefined ? {} : { error: linked.error }),
    policies: selections.map(({ policy }) => policy.resource.name),
    listeners: linked.listeners.map(emitListener),
    clusters: linked.clusters,
  };
}

function emitListener({ listener, accessLog, needsTlsInspector }: LoggedListener): CompiledListener {
  const { name, resource, context, direction, protocol, filter } = listener;
  return {
    name,
    resource,
    context,
    direction,
    protocol: protocol === "" ? unknownProtocol : protocol,
    filter,
    accessLog,
    ...(needsTlsInspector ? { listenerFilters: [tlsInspector] } : {}),
  };
}

/** Kuma's own word for it (pkg/core/metadata/protocol.go@v2.14.3). */
const unknownProtocol = "<unknown>";

const tlsInspector: ListenerFilter = {
  name: "envoy.filters.listener.tls_inspector",
  typedConfig: { "@type": "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector" },
};
