import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { releaseRanges } from "../../explain/release-ranges.ts";
import { oncePerPair } from "../../once-per-pair.ts";

/** The releases of a target that a finding is for, as ranges: `2.8, 2.10`; `undefined` if no release decides, or all do. */
export function affectedReleases({ affects }: Diagnostic, { members }: Target): string | undefined {
  return affects.length === 0 || affects.length === members.length ? undefined : textOf(members, affects);
}

/** Written once: thousands of findings share a list of releases. */
const textOf = oncePerPair((members: Target["members"], affects: readonly string[]): string => {
  const releases = members.map(({ name, kuma, envoy }) => ({ name, line: kuma?.line ?? `1.${envoy.minor}` }));
  return releaseRanges(releases, new Set(affects));
});
