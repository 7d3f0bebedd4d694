import type { Tags } from "./dataplane.ts";
import { fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** What access logs depend on in a MeshGateway. */
export interface MeshGateway {
  readonly resource: Resource;
  readonly tags: Tags;
  /** Which Dataplanes it configures. */
  readonly selectors: readonly Tags[];
  readonly listeners: readonly GatewayListener[];
}

export interface GatewayListener {
  readonly port: number;
  /** Upper case. */
  readonly protocol: string;
  readonly hostname: string;
  readonly tags: Tags;
  readonly isCrossMesh: boolean;
}

/** Reads a MeshGateway. */
export function readMeshGateway(resource: Resource): MeshGateway {
  const spec = fields(resource.spec);
  return {
    resource,
    tags: spec.record("tags"),
    selectors: spec.maps("selectors").map((selector) => selector.record("match")),
    listeners: (spec.map("conf")?.maps("listeners") ?? []).map((listener) => ({
      port: listener.number("port") ?? 0,
      protocol: (listener.string("protocol") ?? "").toUpperCase(),
      hostname: listener.string("hostname") ?? "",
      tags: listener.record("tags"),
      isCrossMesh: listener.boolean("crossMesh") ?? false,
    })),
  };
}
