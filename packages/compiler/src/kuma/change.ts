import type { KumaRelease } from "@meshlog/parser";
import type { Profile } from "./facts.ts";

/**
 * One change of what Kuma does, dated by the patches that carry it. Fixes land in several lines at once
 * (`2.7.25`, `2.9.15`, `2.14.0`): a release has the change if a patch of its own line that is no newer than itself
 * landed it, or if its line is newer than every line that did.
 */
export interface Change {
  /** The first patch of each line that has the change. */
  readonly landed: readonly string[];
  /** The first patch of each line that no longer has it. */
  readonly takenBack?: readonly string[];
  /** The facts that hold with the change: tags and numbers, which the stages turn into behaviour. */
  readonly sets: Partial<Profile>;
  /** What changed, for people. */
  readonly what: string;
  /** Where it is read from: `file:line@tag` of kumahq/kuma. */
  readonly source: string;
}

/** Whether a release contains a change. */
export function contains(release: KumaRelease, { landed, takenBack }: Change): boolean {
  return reached(release, landed) && !(takenBack !== undefined && reached(release, takenBack));
}

function reached(release: KumaRelease, patches: readonly string[]): boolean {
  const line = lineNumber(release.line);
  const points = patches.map((patch) => {
    const [, minor = "", number = "0"] = /^(\d+\.\d+|main)(?:\.(\d+))?$/.exec(patch) ?? [];
    return { line: lineNumber(minor), patch: Number(number) };
  });
  const own = points.find((point) => point.line === line);
  return own === undefined ? points.every((point) => point.line < line) : release.patch >= own.patch;
}

/** Lines in order: 2.9 is before 2.10, `main` after all. */
function lineNumber(line: string): number {
  const [major = Number.POSITIVE_INFINITY, minor = 0] = line === "main" ? [] : line.split(".").map(Number);
  return major * 1000 + minor;
}
