import type { Profile } from "../kuma/profile.ts";
import { kri } from "../source/kri.ts";
import type { RealResource } from "../source/real-resources.ts";
import type { Resource } from "../source/resources.ts";
import type { Policy } from "../validate/policy.ts";
import { type EffectiveConf, mergeConfs } from "./effective-conf.ts";
import { compareToItems } from "./order.ts";
import { toItems } from "./policy-items.ts";
import type { TargetingItem } from "./selecting-policy.ts";
import { type Destination, destinationKeys, sectionFor, type Target, targetKey, targetOf } from "./target.ts";

/** What items of `to` can be for, beside services by tags: everything of one mesh. */
export interface TargetResources {
  /** The Mesh itself, if it is there: without one, items for it make no rule. */
  readonly meshResource?: Resource;
  readonly realResources: readonly RealResource[];
  /** The MeshHTTPRoutes. */
  readonly routes: readonly Resource[];
}

/** The confs for traffic to real resources, to their ports, and along routes. */
export interface ResourceRules<C = EffectiveConf> {
  /**
   * The conf of the very thing with an identifier (`kri` of source/kri.ts): a resource, a port of it, a MeshHTTPRoute, the
   * Mesh. There is one only if some item is for just that; items for more are merged into it then.
   */
  get(id: string): C | undefined;
  /** The conf of the Mesh. */
  forMesh(): C | undefined;
}

/**
 * The rules for traffic to real resources (2.9+; `BuildRules`,
 * pkg/plugins/policies/core/rules/outbound/resourcerules.go:75@v2.14.3). A rule is made when it is asked for, out of the
 * items that name the resource or one of its labels.
 *
 * @param policies that select the proxy, lowest precedence first.
 * @param resources one object for all proxies of a mesh, which is indexed once.
 */
export function resourceRules(
  policies: readonly Policy[],
  resources: TargetResources,
  profile: Profile,
): ResourceRules {
  return rulesByResource(policies.flatMap(toItems), mergeConfs, resources, profile);
}

/**
 * The rules for traffic to real resources, of policies of any kind.
 *
 * @param merge what the items that hold for the same traffic come to, weakest first; `undefined` for none.
 */
export function rulesByResource<I extends TargetingItem, C>(
  items: readonly I[],
  merge: (items: readonly I[]) => C | undefined,
  resources: TargetResources,
  profile: Profile,
): ResourceRules<C> {
  const entries = items.toSorted(compareToItems(profile)).flatMap((item, place): Entry<I> | readonly [] => {
    const target = targetOf(item, profile);
    return target === undefined ? [] : { item, place, target };
  });
  const entriesBy = Map.groupBy(entries, ({ target }) => targetKey(target));
  const forMesh = resources.meshResource === undefined ? [] : (entriesBy.get("Mesh") ?? []);
  const made = new Map<string, C | undefined>();

  function make(id: string): C | undefined {
    const { destinations, section } = find(id, indexOf(resources));
    const [kind] = destinations.map(({ resource }) => resource.kind);
    if (kind === "Mesh") return mergeInOrder(forMesh);
    const sections = new Map<Entry<I>, string>();
    for (const destination of destinations) {
      for (const entry of destinationKeys(destination).flatMap((key) => entriesBy.get(key) ?? [])) {
        const found = sectionFor(entry.target, destination, profile);
        if (found !== undefined) sections.set(entry, found);
      }
    }
    if (![...sections.values()].includes(section)) return undefined;
    const isWhole = kind === "MeshExternalService" || kind === "MeshHTTPRoute";
    const own = [...sections].filter(([, found]) => isWhole || found === section || found === "");
    return mergeInOrder([...forMesh, ...own.map(([entry]) => entry)]);
  }

  function mergeInOrder(found: readonly Entry<I>[]): C | undefined {
    return merge(found.toSorted((a, b) => a.place - b.place).map(({ item }) => item));
  }

  function get(id: string): C | undefined {
    if (!made.has(id)) made.set(id, make(id));
    return made.get(id);
  }

  return {
    get,
    forMesh: () => (resources.meshResource === undefined ? undefined : get(kri(resources.meshResource))),
  };
}

/**
 * The conf for traffic to a real resource. Up to 2.10 a MeshExternalService that is reached by its port misses its own
 * rule (`Compute`, pkg/plugins/policies/core/rules/resourcerules.go:83@2.9.19; `Conf`, core/rules/outbound/context.go:62@v2.14.3).
 *
 * @param section the port by which the listener leads there, empty for none.
 */
export function forRealResource<C>(
  rules: ResourceRules<C>,
  { resource }: RealResource,
  section: string,
  { resourceLookup }: Profile,
): C | undefined {
  const missesOwn = resourceLookup === "by-steps" && resource.kind === "MeshExternalService" && section !== "";
  return rules.get(kri(resource, section)) ?? (missesOwn ? undefined : rules.get(kri(resource))) ?? rules.forMesh();
}

/** An item, where it stands in the order of all, and what it is for. */
interface Entry<I> {
  readonly item: I;
  readonly place: number;
  readonly target: Target;
}

/** What items can be for, by identifier; resources with the same one count as one. */
type DestinationIndex = ReadonlyMap<string, readonly Destination[]>;

const indexes = new WeakMap<TargetResources, DestinationIndex>();

function indexOf(resources: TargetResources): DestinationIndex {
  const known = indexes.get(resources);
  if (known !== undefined) return known;
  const { meshResource, realResources, routes } = resources;
  const withoutPorts = [...(meshResource === undefined ? [] : [meshResource]), ...routes];
  const destinations = [...realResources, ...withoutPorts.map((resource) => ({ resource, ports: [] }))];
  const index = Map.groupBy<string, Destination>(destinations, ({ resource }) => kri(resource));
  indexes.set(resources, index);
  return index;
}

/** What an identifier stands for: the longest beginning of it that is one of a resource, and the section after it. */
function find(id: string, index: DestinationIndex): { destinations: readonly Destination[]; section: string } {
  for (let end = id.length; end > 0; end = id.lastIndexOf("_", end - 2) + 1) {
    const destinations = index.get(id.slice(0, end));
    if (destinations !== undefined) return { destinations, section: id.slice(end) };
  }
  return { destinations: [], section: "" };
}
