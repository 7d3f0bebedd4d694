import type { TargetMember } from "@meshlog/parser";
import { type Profile, profile } from "../../kuma/profile.ts";

/** The releases of a target, and which of them something holds for. */
export class Members {
  /** Oldest first. */
  readonly names: readonly string[];
  /** The distinct profiles, oldest first. */
  readonly profiles: readonly Profile[];
  readonly #members: readonly TargetMember[];
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
    this.profiles = [...profiles.values()];
    this.#profileOf = profileOf;
  }

  /** The names of those whose Kuma does so. */
  where(does: (facts: Profile) => boolean): readonly string[] {
    let key = "";
    for (const facts of this.profiles) key += does(facts) ? "1" : "0";
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const names = this.#namesWith(new Set(this.profiles.filter((_, i) => key[i] === "1")));
    this.#known.set(key, names);
    return names;
  }

  /** The profile of the newest of those whose Kuma does so. */
  newestWhere(does: (facts: Profile) => boolean): Profile | undefined {
    return this.profiles.findLast(does);
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
