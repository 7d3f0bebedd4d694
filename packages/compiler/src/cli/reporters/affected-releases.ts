import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { releaseRanges } from "../../explain/release-ranges.ts";

/** The releases of a target that a finding is for, as ranges: `2.8, 2.10`; `undefined` if no release decides, or all do. */
export function affectedReleases({ affects }: Diagnostic, { members }: Target): string | undefined {
  if (affects.length === 0 || affects.length === members.length) return undefined;
  const ofTarget = texts.get(members) ?? new WeakMap<readonly string[], string>();
  texts.set(members, ofTarget);
  const known = ofTarget.get(affects);
  if (known !== undefined) return known;
  const releases = members.map(({ name, kuma, envoy }) => ({ name, line: kuma?.line ?? `1.${envoy.minor}` }));
  const text = releaseRanges(releases, new Set(affects));
  ofTarget.set(affects, text);
  return text;
}

/** What was written of the members of a target: thousands of findings share a list of releases. */
const texts = new WeakMap<Target["members"], WeakMap<readonly string[], string>>();
