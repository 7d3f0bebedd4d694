import type { Resource } from "../source/resources.ts";
import { itemPlaces } from "./format-places.ts";
import { type LintedMesh, meshOf } from "./lints/lint.ts";
import { type Protocols, type ServiceProtocols, serviceProtocols, trafficProtocols } from "./traffic-protocol.ts";

/** What of a bundle decides what is said of each resource in it, so that one can be judged again without the others. */
export interface Surroundings {
  /** The kind of traffic that items of policies log. */
  readonly protocols: Protocols;
  readonly meshes: ReadonlyMap<string, LintedMesh>;
}

/**
 * What is around each resource of a bundle.
 *
 * @param resources all of the bundle.
 * @param before those of the bundle as it was: what has not changed since is the same object again.
 */
export function surroundingsOf(resources: readonly Resource[], before?: Surroundings): Surroundings {
  const known = before instanceof Around ? before : undefined;
  const facts = factsOf(resources);
  return known !== undefined && isSame(facts, known.facts) ? known : new Around(facts, known);
}

/** All that surroundings are made of. */
interface Facts {
  /** What is no MeshAccessLog, in the order of the bundle. */
  readonly others: readonly Resource[];
  /** The meshes with MeshAccessLogs, and of them those where one logs what proxies receive, in the order of names. */
  readonly logging: readonly string[];
  readonly loggingInbound: readonly string[];
}

class Around implements Surroundings {
  readonly facts: Facts;
  readonly services: ServiceProtocols;
  readonly protocols: Protocols;
  readonly meshes: ReadonlyMap<string, LintedMesh>;

  constructor(facts: Facts, before: Around | undefined) {
    this.facts = facts;
    this.services = serviceProtocols(facts.others);
    const isSameTraffic = before !== undefined && areAlike(this.services, before.services);
    this.protocols = isSameTraffic ? before.protocols : trafficProtocols(this.services);
    this.meshes = meshesOf(facts);
  }
}

function factsOf(resources: readonly Resource[]): Facts {
  const logging = new Set<string>();
  const loggingInbound = new Set<string>();
  const others: Resource[] = [];
  for (const resource of resources) {
    if (resource.kind !== "MeshAccessLog") {
      others.push(resource);
      continue;
    }
    if (resource.spec === undefined) continue;
    logging.add(resource.mesh);
    if (!loggingInbound.has(resource.mesh) && logsInbound(resource)) loggingInbound.add(resource.mesh);
  }
  return { others, logging: [...logging].sort(), loggingInbound: [...loggingInbound].sort() };
}

function logsInbound({ spec }: Resource): boolean {
  return spec !== undefined && itemPlaces(spec).some(({ list }) => list !== "to");
}

function meshesOf({ others, logging, loggingInbound }: Facts): ReadonlyMap<string, LintedMesh> {
  const byMesh = Map.groupBy(others, meshOf);
  const names = new Set([...byMesh.keys(), ...logging]);
  return new Map(
    [...names].map((name) => [
      name,
      {
        name,
        resources: Map.groupBy(byMesh.get(name) ?? [], ({ kind }) => kind),
        hasPolicies: logging.includes(name),
        logsInbound: loggingInbound.includes(name),
      },
    ]),
  );
}

function isSame(a: Facts, b: Facts): boolean {
  return areSame(a.others, b.others) && areSame(a.logging, b.logging) && areSame(a.loggingInbound, b.loggingInbound);
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function areAlike(a: ServiceProtocols, b: ServiceProtocols): boolean {
  return (
    a.size === b.size &&
    [...a].every(([key, protocols]) => {
      const others = b.get(key);
      return others?.size === protocols.size && [...protocols].every((protocol) => others.has(protocol));
    })
  );
}
