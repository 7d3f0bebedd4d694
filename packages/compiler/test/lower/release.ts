import { kumaReleases } from "@meshlog/parser";
import { type Profile, profile } from "../../src/kuma/profile.ts";

/** What a release of Kuma does. */
export function profileOf(name: string): Profile {
  const release = kumaReleases.find((candidate) => candidate.name === name);
  if (release === undefined) throw new Error(`there is no Kuma ${name}`);
  return profile(release);
}
