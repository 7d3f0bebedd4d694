import type { Fix, MessageParameters, RelatedPlace, Span, TargetMember } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { type Profile, profile } from "../../kuma/profile.ts";
import { type Code, type Messages, report } from "../../messages.ts";
import { identityOf } from "../../source/load.ts";
import type { Resource } from "../../source/resources.ts";
import type { Node } from "../../source/tree.ts";
import {
  type BackendPlace,
  backendPlaces,
  type FormatPlace,
  formatPlaces,
  type ItemPlace,
  itemPlaces,
} from "../format-places.ts";
import { oncePer } from "../once-per.ts";
import { fieldOf, type Path } from "../violation.ts";

/**
 * A MeshAccessLog as lints see it: its nodes, of whatever shape. A lint looks at what is there and passes over what is
 * not; what is wrong with the shape is said by the schema.
 */
export interface LintedPolicy {
  readonly resource: Resource;
  readonly spec: Node;
  readonly items: readonly ItemPlace[];
  readonly backends: readonly BackendPlace[];
  /** Every format in it, what a release does not read too. */
  readonly formats: readonly FormatPlace[];
  readonly members: Members;
  /** Makes a finding about the policy. */
  readonly say: Say;
}

/** What a mesh of the bundle holds. */
export interface LintedMesh {
  readonly name: string;
  /** Its MeshAccessLogs that have a spec, at least one; each is made when it is its turn. */
  readonly policies: () => Iterable<LintedPolicy>;
  /** Whether one of them logs what proxies receive. */
  readonly logsInbound: () => boolean;
  /** Everything in it, and the Mesh itself, by kind. */
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  readonly members: Members;
}

/** Looks at one policy. */
export type PolicyLint = (policy: LintedPolicy) => Iterable<Diagnostic>;

/** Looks at what a mesh holds; its work is linear in that. */
export type MeshLint = (mesh: LintedMesh) => Iterable<Diagnostic>;

/** What a finding may say beside its text. */
interface More {
  /** The releases that it holds for; by default all. */
  readonly affects?: readonly string[];
  readonly at?: Path;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  readonly kuma?: never;
  readonly controlPlane?: { readonly message: string };
  readonly envoy?: { readonly message: string };
}

export type Say = <C extends Code>(
  code: C,
  place: Span,
  parameters: MessageParameters<Messages, C>,
  more?: More,
) => Diagnostic;

/** Makes findings about a resource. */
export function sayOf(resource: Resource, members: Members): Say {
  const about = identityOf(resource);
  return (code, { start, end }, parameters, { affects = members.names, at, envoy, fixes = [], ...more } = {}) => ({
    ...report(code, { file: resource.file, start, end }, parameters, {
      resource: about,
      ...(at === undefined ? {} : { path: fieldOf(at) }),
      ...(fixes.length === 0 ? {} : { fixes }),
      affects,
      ...more,
    }),
    ...(envoy === undefined ? {} : { envoy }),
  });
}

/** The releases of a target, and which of them something holds for. */
export class Members {
  /** Oldest first. */
  readonly names: readonly string[];
  readonly #members: readonly TargetMember[];
  /** The distinct profiles, oldest first, and what each member has of them. */
  readonly #profiles: readonly Profile[];
  readonly #profileOf: ReadonlyMap<TargetMember, Profile>;
  /** The names by which of the profiles they have. */
  readonly #known = new Map<string, readonly string[]>();

  constructor(members: readonly TargetMember[]) {
    this.#members = members;
    this.names = namesOf(members);
    const profiles = new Map<string, Profile>();
    const profileOf = new Map<TargetMember, Profile>();
    for (const member of members) {
      if (member.kuma === undefined) continue;
      const facts = profile(member.kuma);
      const key = JSON.stringify(facts);
      const alike = profiles.get(key) ?? facts;
      profiles.set(key, alike);
      profileOf.set(member, alike);
    }
    this.#profiles = [...profiles.values()];
    this.#profileOf = profileOf;
  }

  /** The same as {@link Members.where}, remembered: for questions that are asked of every policy. */
  readonly whereKnown: (does: (facts: Profile) => boolean) => readonly string[] = oncePer((does) => this.where(does));

  /** The names of those whose Kuma does so. */
  where(does: (facts: Profile) => boolean): readonly string[] {
    let key = "";
    for (const facts of this.#profiles) key += does(facts) ? "1" : "0";
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const names = this.#namesWith(new Set(this.#profiles.filter((_, i) => key[i] === "1")));
    this.#known.set(key, names);
    return names;
  }

  /** The profile of the newest of those whose Kuma does so. */
  newestWhere(does: (facts: Profile) => boolean): Profile | undefined {
    return this.#profiles.findLast(does);
  }

  #namesWith(profiles: ReadonlySet<Profile>): readonly string[] {
    return namesOf([...this.#profileOf].flatMap(([member, facts]) => (profiles.has(facts) ? [member] : [])));
  }

  /** The names of those whose Envoy is of such a minor, the 38 of 1.38.2. */
  whereEnvoy(is: (minor: number) => boolean): readonly string[] {
    return namesOf(this.#members.filter(({ envoy }) => is(envoy.minor)));
  }
}

function namesOf(members: readonly TargetMember[]): readonly string[] {
  return [...new Set(members.map(({ name }) => name))];
}

/** A MeshAccessLog as lints see it; `undefined` if it has no spec. */
export function linted(resource: Resource, members: Members): LintedPolicy | undefined {
  const { spec } = resource;
  if (spec === undefined) return undefined;
  return {
    resource,
    spec,
    items: itemPlaces(spec),
    backends: backendPlaces(spec),
    formats: formatPlaces(spec),
    members,
    say: sayOf(resource, members),
  };
}
