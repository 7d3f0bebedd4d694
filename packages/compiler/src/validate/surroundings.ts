import type { Resource } from "../source/resources.ts";
import { type KnownMesh, logsInbound, meshOf } from "./lints/index.ts";
import { type Protocols, trafficProtocols } from "./traffic-protocol.ts";

/** What of a bundle decides what is said of each resource in it, so that one can be judged again without the others. */
export interface Surroundings {
  /** The kind of traffic that items of policies log. */
  readonly protocols: Protocols;
  readonly meshes: ReadonlyMap<string, KnownMesh>;
}

/** What matters of a MeshAccessLog to others. */
export interface PolicyTrace {
  readonly mesh: string;
  /** Whether it logs what proxies receive. */
  readonly logsInbound: boolean;
}

/** What matters of a MeshAccessLog to others; `undefined` if it has no spec. */
export function policyTrace(policy: Resource): PolicyTrace | undefined {
  return policy.spec === undefined ? undefined : { mesh: policy.mesh, logsInbound: logsInbound(policy) };
}

/**
 * What is around each resource of a bundle.
 *
 * @param others what is no MeshAccessLog, in the order of the bundle.
 * @param before those of the bundle as it was: what has not changed since is the same object again.
 */
export function surroundingsOf(
  others: readonly Resource[],
  policies: readonly PolicyTrace[],
  before?: Surroundings,
): Surroundings {
  const known = before instanceof Around ? before : undefined;
  const facts = {
    others,
    logging: namesOf(policies),
    loggingInbound: namesOf(policies.filter((policy) => policy.logsInbound)),
  };
  return known !== undefined && isSame(facts, known.facts) ? known : new Around(facts, known);
}

/** All that surroundings are made of. */
interface Facts {
  readonly others: readonly Resource[];
  /** The meshes with MeshAccessLogs, and of them those where one logs what proxies receive, in the order of names. */
  readonly logging: readonly string[];
  readonly loggingInbound: readonly string[];
}

class Around implements Surroundings {
  readonly facts: Facts;
  readonly tcp: ReadonlySet<string>;
  readonly protocols: Protocols;
  readonly meshes: ReadonlyMap<string, KnownMesh>;

  constructor(facts: Facts, before: Around | undefined) {
    this.facts = facts;
    const { of, tcp } = trafficProtocols(facts.others);
    const isSameTraffic = before?.tcp.size === tcp.size && [...tcp].every((key) => before.tcp.has(key));
    this.tcp = tcp;
    this.protocols = isSameTraffic ? before.protocols : of;
    this.meshes = meshesOf(facts);
  }
}

function namesOf(policies: readonly PolicyTrace[]): readonly string[] {
  return [...new Set(policies.map(({ mesh }) => mesh))].sort();
}

function meshesOf({ others, logging, loggingInbound }: Facts): ReadonlyMap<string, KnownMesh> {
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
