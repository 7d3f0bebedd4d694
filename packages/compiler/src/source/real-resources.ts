import { type Fields, fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** The kinds of resources that traffic goes to and that policies may name; `kuma.io/service` tags are the older way. */
export type RealResourceKind = "MeshService" | "MeshExternalService" | "MeshMultiZoneService";

/** A MeshService, MeshExternalService or MeshMultiZoneService. */
export interface RealResource {
  readonly kind: RealResourceKind;
  readonly resource: Resource;
  /** A MeshExternalService has one, that of its match. */
  readonly ports: readonly Port[];
  /** The addresses that a control plane has given it. */
  readonly vips: readonly string[];
}

/** A port of a real resource. */
export interface Port {
  readonly port: number;
  readonly name?: string;
  /** Lower case; `tcp` if none is given. */
  readonly protocol: string;
}

/** How Kuma calls a port of a MeshService or MeshMultiZoneService: by its name, or by its number if it has none. */
export function portName({ name, port }: Port): string {
  return name ?? String(port);
}

const kinds: readonly string[] = [
  "MeshService",
  "MeshExternalService",
  "MeshMultiZoneService",
] satisfies RealResourceKind[];

/** Reads a real resource; `undefined` for a resource of another kind. */
export function readRealResource(resource: Resource): RealResource | undefined {
  if (!isRealResourceKind(resource.kind)) return undefined;
  const spec = fields(resource.spec);
  // On Kubernetes and on Universal alike it stands beside `spec`.
  const status = fields(resource.node).map("status");
  const isExternal = resource.kind === "MeshExternalService";
  const match = spec.map("match");
  const vips = isExternal ? [status?.map("vip")] : (status?.maps("vips") ?? []);
  return {
    kind: resource.kind,
    resource,
    ports: isExternal
      ? match === undefined
        ? []
        : [readPort(match, match.string("protocol"))]
      : spec.maps("ports").map((port) => readPort(port, port.string("appProtocol"))),
    vips: vips.flatMap((vip) => vip?.string("ip") ?? []),
  };
}

function readPort(port: Fields, protocol = ""): Port {
  const name = port.string("name") ?? "";
  return {
    port: port.number("port") ?? 0,
    ...(name === "" ? {} : { name }),
    protocol: protocol === "" ? "tcp" : protocol.toLowerCase(),
  };
}

/** Whether a kind is that of a real resource. */
function isRealResourceKind(kind: string): kind is RealResourceKind {
  return kinds.includes(kind);
}
