import type { Profile } from "../kuma/profile.ts";
import { type Dataplane, servicelessPort, type Tags } from "../source/dataplane.ts";
import { fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";

/** The services of a mesh by their `kuma.io/service`. */
export interface Services {
  /** All that a control plane gives an address to. */
  readonly names: readonly string[];
  /** The protocol that all endpoints of services have in common; empty if it is not known. */
  readonly protocolOf: (...services: readonly string[]) => string;
}

/** The services that the Dataplanes and ExternalServices of one mesh make up. */
export function services(
  dataplanes: readonly Dataplane[],
  externalServices: readonly Resource[],
  { ignoredServices, ignoredEndpoints, portlessServices, externalServices: external }: Profile,
): Services {
  const names = new Set<string>();
  const protocols = new Map<string, string[]>();
  const add = (tags: Tags, hasAddress: boolean, isEndpoint: boolean): void => {
    const service = tags["kuma.io/service"];
    if (service === undefined) return;
    if (hasAddress) names.add(service);
    if (!isEndpoint) return;
    const known = protocols.get(service) ?? [];
    protocols.set(service, known);
    known.push((tags["kuma.io/protocol"] ?? "").toLowerCase());
  };
  for (const { inbounds } of dataplanes) {
    for (const { tags, state, isReady, port } of inbounds) {
      const hasAddress =
        (port !== servicelessPort || portlessServices === "counted") &&
        (state !== "Ignored" || ignoredServices === "counted");
      add(tags, hasAddress, isReady && (state === "Ready" || ignoredEndpoints === "counted"));
    }
  }
  for (const { spec } of externalServices) add(fields(spec).record("tags"), true, external === "by-tag");
  const common = new Map([...protocols].map(([service, found]) => [service, commonProtocol(found)]));
  return {
    names: [...names].sort(),
    protocolOf: (...services) =>
      services.length === 1
        ? (common.get(services[0] ?? "") ?? "")
        : commonProtocol(services.flatMap((service) => protocols.get(service) ?? [])),
  };
}

/**
 * What each protocol is made of. Of two different ones the first of A's stack that is in B's is the common one, so
 * http and grpc have only tcp in common (pkg/core/metadata/protocol.go:83@v2.14.3).
 */
const stacks: ReadonlyMap<string, readonly string[]> = new Map([
  ["grpc", ["grpc", "http2", "tcp"]],
  ["http2", ["http2", "tcp"]],
  ["http", ["http", "tcp"]],
  ["kafka", ["kafka", "tcp"]],
  ["tls", ["tcp"]],
  ["tcp", ["tcp"]],
]);

/** The protocol that all have in common; empty (unknown) if one is unknown or there is none. */
function commonProtocol(protocols: readonly string[]): string {
  const common = (a: string, b: string): string => {
    if (a === b) return a;
    const other = stacks.get(b) ?? [];
    return stacks.get(a)?.find((protocol) => other.includes(protocol)) ?? "";
  };
  return protocols.length === 0 ? "" : protocols.reduce(common);
}
