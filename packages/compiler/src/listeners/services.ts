import type { Dataplane } from "../source/dataplane.ts";
import type { MeshWorld } from "../match/world.ts";
import { fields } from "../source/fields.ts";

/** The services of a mesh by their `kuma.io/service`. */
export interface Services {
  /** The protocol that all endpoints of a service have in common; empty if it is not known. */
  readonly protocols: ReadonlyMap<string, string>;
  /** Whether transparent proxies reach them by an address of their own; in mode Exclusive only real resources have one. */
  readonly haveAddresses: boolean;
}

/** The services that the Dataplanes and ExternalServices of one mesh make up. */
export function services(
  { resource, externalServices }: Pick<MeshWorld, "resource" | "externalServices">,
  dataplanes: readonly Dataplane[],
): Services {
  const protocols = new Map<string, string[]>();
  const add = (tags: Readonly<Record<string, string>>, isReady: boolean): void => {
    const service = tags["kuma.io/service"];
    if (service === undefined) return;
    const known = protocols.get(service) ?? [];
    protocols.set(service, known);
    if (isReady) known.push((tags["kuma.io/protocol"] ?? "").toLowerCase());
  };
  for (const { inbounds } of dataplanes) {
    for (const { tags, state, isReady, port } of inbounds) {
      if (port !== servicelessPort && state !== "Ignored") add(tags, state === "Ready" && isReady);
    }
  }
  for (const { spec } of externalServices) add(fields(spec).record("tags"), true);
  return {
    protocols: new Map([...protocols].map(([service, found]) => [service, commonProtocol(found)])),
    haveAddresses: fields(resource?.spec).map("meshServices")?.string("mode") !== "Exclusive",
  };
}

/** The port of a Dataplane whose workload has none: it is no listener and no endpoint (IsServiceLess). */
export const servicelessPort = 49_151;

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

/** The protocol that all endpoints have in common; empty (unknown) if one is unknown or there is none. */
function commonProtocol(protocols: readonly string[]): string {
  const common = (a: string, b: string): string => {
    if (a === b) return a;
    const other = stacks.get(b) ?? [];
    return stacks.get(a)?.find((protocol) => other.includes(protocol)) ?? "";
  };
  return protocols.length === 0 ? "" : protocols.reduce(common);
}
