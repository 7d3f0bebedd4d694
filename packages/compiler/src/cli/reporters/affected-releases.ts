import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { releaseRanges } from "../../explain/release-ranges.ts";

/** The releases of a target that a finding is for, as ranges: `2.8, 2.10`; `undefined` if no release decides, or all do. */
export function affectedReleases({ affects }: Diagnostic, { members }: Target): string | undefined {
  if (affects.length === 0 || affects.length === members.length) return undefined;
  const releases = members.map(({ name, kuma, envoy }) => ({ name, line: kuma?.line ?? `1.${envoy.minor}` }));
  return releaseRanges(releases, new Set(affects));
}
