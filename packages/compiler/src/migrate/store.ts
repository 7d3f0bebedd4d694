import { readSelectingPolicy } from "../match/route-policies.ts";
import { selectGateway } from "../match/select-gateway.ts";
import { type SelectedProxy, selectedKeys } from "../match/select.ts";
import type { SelectingPolicy } from "../match/selecting-policy.ts";
import { type Destination, destinationKeys, sectionFor, targetKey, targetOf } from "../match/target.ts";
import { type MeshWorld, storeOf, worlds } from "../match/world.ts";
import type { Profile } from "../kuma/profile.ts";
import { kri } from "../source/kri.ts";
import type { Resource } from "../source/resources.ts";
import { withStoredLabels } from "../validate/compute-labels.ts";
import type { TargetRef } from "../validate/policy.ts";
import type { Task } from "./step.ts";

/** What a control plane of the release that reads both would hold of a bundle: what policies select, and what they are for. */
export class Store {
  readonly #facts: Profile;
  readonly #stored: ReadonlyMap<Resource["node"], Resource>;
  readonly #meshes: ReadonlyMap<string, MeshWorld>;
  readonly #proxies = new Map<string, readonly SelectedProxy[]>();
  readonly #destinations = new Map<string, readonly Destination[]>();

  constructor({ bundle, bridge, facts, controlPlane }: Task) {
    const { resources } = withStoredLabels(bundle, bridge, controlPlane);
    this.#facts = facts;
    this.#stored = new Map(resources.map((one) => [one.node, one]));
    this.#meshes = new Map(worlds(storeOf(resources), [], facts).map((mesh) => [mesh.name, mesh]));
  }

  /** A policy as it is stored. */
  policy(resource: Resource): SelectingPolicy {
    return readSelectingPolicy(this.#stored.get(resource.node) ?? resource);
  }

  /** The Dataplanes of a mesh, with their MeshGateways. */
  proxies(mesh: string): readonly SelectedProxy[] {
    const known = this.#proxies.get(mesh);
    if (known !== undefined) return known;
    const { dataplanes = [], gateways = [] } = this.#meshes.get(mesh) ?? {};
    const proxies = dataplanes.map((dataplane) => {
      const gateway = selectGateway(gateways, dataplane, this.#facts);
      return gateway === undefined ? { dataplane } : { dataplane, gateway };
    });
    this.#proxies.set(mesh, proxies);
    return proxies;
  }

  /** What of a proxy a policy selects, if it is for something; `undefined` if it is not for the proxy. */
  selected({ resource }: SelectingPolicy, targetRef: TargetRef, proxy: SelectedProxy): string | undefined {
    const keys = selectedKeys({ resource, spec: { targetRef } }, proxy, this.#facts);
    return typeof keys === "string" ? undefined : keys.join(" ");
  }

  /** The identifiers of what an item of `to` is for, by what a release does. */
  destinations(policy: SelectingPolicy, targetRef: TargetRef, facts: Profile): readonly string[] {
    const target = targetOf({ policy, targetRef }, facts);
    if (target === undefined) return [];
    const key = targetKey(target);
    return this.#destinationsOf(policy.resource.mesh)
      .filter((one) => destinationKeys(one).includes(key))
      .flatMap((one) => {
        const section = sectionFor(target, one, facts);
        return section === undefined ? [] : [kri(one.resource, section)];
      });
  }

  #destinationsOf(mesh: string): readonly Destination[] {
    const known = this.#destinations.get(mesh);
    if (known !== undefined) return known;
    const { realResources = [], routes = [] } = this.#meshes.get(mesh) ?? {};
    const all = [...realResources, ...routes.map((resource) => ({ resource, ports: [] }))];
    this.#destinations.set(mesh, all);
    return all;
  }
}
