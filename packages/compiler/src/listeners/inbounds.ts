import type { Profile } from "../kuma/profile.ts";
import { type ListenerKey, listenerKey } from "../match/select.ts";
import { type Dataplane, type Inbound, servicelessPort } from "../source/dataplane.ts";
import { byName, filterFor, joinHostPort, type Listener, type ProxyListeners } from "./listener.ts";
import { type OwnNames, unknown } from "./own-names.ts";

/**
 * The listeners of inbounds. Of two inbounds with one listener name the later makes the listener, and so its filter;
 * which of them configures its logs, and how often, differs between releases (pkg/xds/generator/inbound_proxy_generator.go,
 * meshaccesslog/plugin/v1alpha1/plugin.go:140@v2.14.3).
 */
export function inboundListeners(
  { inbounds }: Dataplane,
  names: OwnNames,
  hasUnifiedNames: boolean,
  profile: Profile,
): ProxyListeners {
  const real = inbounds.filter(({ port }) => port !== servicelessPort);
  const listeners = byName(
    real.map((inbound) => ({ listener: inboundListener(inbound, hasUnifiedNames, profile) })),
  ).map(({ listener }) => listener);
  // Under unified names two listeners may share an address and port: Kuma's map keeps one of them.
  const byKey = new Map(listeners.map((listener) => [listener.key, listener]));
  const configured = new Set<ListenerKey>();
  return {
    listeners,
    loggings: real.flatMap((inbound) => {
      const key = listenerKey(inbound.address, inbound.port);
      const listener = byKey.get(key);
      if (listener === undefined || (profile.sharedInbounds === "first" && configured.has(key))) return [];
      configured.add(key);
      return {
        listener,
        direction: "INBOUND",
        protocol: inboundProtocol(inbound, profile),
        sourceService: unknown,
        destinationService: names.ofInbound(inbound),
        rules: { kind: "inbound", key },
      };
    }),
  };
}

function inboundListener(inbound: Inbound, hasUnifiedNames: boolean, profile: Profile): Listener {
  const { name, address, port } = inbound;
  return {
    name: hasUnifiedNames ? `self_inbound_dp_${sectionOf(inbound, profile)}` : `inbound:${joinHostPort(address, port)}`,
    resource: name ?? String(port),
    context: "inbound",
    direction: "INBOUND",
    protocol: inboundProtocol(inbound, profile),
    key: listenerKey(address, port),
    filters: [filterFor(inboundProtocol(inbound, profile))],
  };
}

function sectionOf({ name, port, servicePort }: Inbound, { inboundSections }: Profile): string {
  switch (inboundSections) {
    case "service-port":
      return String(servicePort ?? port);
    case "name":
      return name ?? String(port);
  }
}

function inboundProtocol({ protocol = "", tags }: Inbound, { inboundProtocol: from }: Profile): string {
  const tag = tags["kuma.io/protocol"] ?? "";
  switch (from) {
    case "tag":
      return tag.toLowerCase();
    case "field-or-tag":
      return (protocol === "" ? tag : protocol).toLowerCase();
    case "field":
      return protocol.toLowerCase();
  }
}
