import type { ResourceIdentity } from "../diagnostics.ts";
import { readDataplane } from "../source/dataplane.ts";
import type { ItemList } from "../kuma/policy-facts.ts";
import { fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";
import type { MapNode } from "../source/tree.ts";
import { textAt } from "./placed.ts";

/** The kind of traffic that an item of a policy logs, where the bundle makes it certain. */
export type Protocols = (item: LoggedItem, policy: Pick<ResourceIdentity, "mesh">) => "tcp" | undefined;

/** An item of a policy, and the list that it is in. */
interface LoggedItem {
  readonly list: ItemList;
  readonly node: MapNode;
}

/** The protocols whose traffic goes through Envoy's HTTP connection manager (pkg/core/metadata/protocol.go@v2.14.3). */
const httpProtocols: ReadonlySet<string> = new Set(["http", "http2", "grpc"]);

/**
 * The protocols of what items of `to` name: a MeshService or MeshExternalService of the bundle, by its display name, all
 * of whose ports are plain TCP, where no Dataplane of the bundle says otherwise of a service of that name.
 */
export function trafficProtocols(resources: readonly Resource[]): {
  readonly of: Protocols;
  /** Whether it is certain of anything. */
  readonly someAreTcp: boolean;
  /** What it is certain of: where this is the same, so is all of it. */
  readonly tcp: ReadonlySet<string>;
} {
  const known = new Map<string, Set<string>>();
  const add = (kind: string, mesh: string, name: string, protocols: readonly string[]): void => {
    const key = JSON.stringify([kind, mesh, name]);
    const all = known.get(key) ?? new Set<string>();
    for (const protocol of protocols) all.add(protocol.toLowerCase());
    known.set(key, all);
  };
  for (const resource of resources) {
    const { kind, mesh, displayName } = resource;
    switch (kind) {
      case "MeshService":
        add(
          kind,
          mesh,
          displayName,
          fields(resource.spec)
            .maps("ports")
            .map((port) => port.string("appProtocol") ?? "tcp"),
        );
        break;
      case "MeshExternalService":
        add(kind, mesh, displayName, [fields(resource.spec).map("match")?.string("protocol") ?? "tcp"]);
        break;
      case "Dataplane":
        for (const { tags } of readDataplane(resource).value?.inbounds ?? []) {
          // Without the tag Kuma takes the protocol for TCP, but a MeshService may name another.
          const protocol = tags["kuma.io/protocol"];
          if (protocol !== undefined) add("MeshService", mesh, tags["kuma.io/service"] ?? "", [protocol]);
        }
        break;
    }
  }
  const tcp = new Set<string>();
  for (const [key, protocols] of known) {
    if (protocols.size > 0 && ![...protocols].some((protocol) => httpProtocols.has(protocol))) tcp.add(key);
  }
  return { of: protocolsOf(tcp), someAreTcp: tcp.size > 0, tcp };
}

/**
 * What follows from the services that are certain to be TCP.
 *
 * @param tcp as {@link trafficProtocols} has it.
 */
export function protocolsOf(tcp: ReadonlySet<string>): Protocols {
  if (tcp.size === 0) return () => undefined;
  return ({ list, node }, { mesh }) => {
    const target = list === "to" ? node.get("targetRef") : undefined;
    if (target?.kind !== "map") return undefined;
    const at = { node: target, at: [] };
    const [kind, name] = [textAt(at, "kind")?.node.text, textAt(at, "name")?.node.text];
    if (kind === undefined || name === undefined) return undefined;
    return tcp.has(JSON.stringify([kind, mesh, name])) ? "tcp" : undefined;
  };
}
