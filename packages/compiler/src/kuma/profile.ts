import type { KumaRelease } from "@meshlog/parser";
import { contains } from "./change.ts";
import { changes } from "./changes/index.ts";
import { oldest, type Profile } from "./facts.ts";

export type { Profile } from "./facts.ts";

const known = new WeakMap<KumaRelease, Profile>();

/** What a release of Kuma does. */
export function profile(release: KumaRelease): Profile {
  const facts = known.get(release) ?? fold(release);
  known.set(release, facts);
  return facts;
}

function fold(release: KumaRelease): Profile {
  return changes
    .filter((change) => contains(release, change))
    .reduce((facts, change) => ({ ...facts, ...change.sets }), oldest);
}
