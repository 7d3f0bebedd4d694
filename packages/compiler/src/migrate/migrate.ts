import { type KumaRelease, kumaReleases, type Result, type TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { profile } from "../kuma/profile.ts";
import type { Bundle } from "../source/load.ts";
import { edited } from "./edited-bundle.ts";
import { steps } from "./steps.ts";
import { take } from "./take.ts";
import type { Step } from "./step.ts";
import { joinEdits, offsetBefore } from "./text-edits.ts";

/** Between which releases a bundle is migrated. */
export interface MigrateOptions {
  /** The release that the bundle is for. */
  readonly from: KumaRelease;
  readonly to: KumaRelease;
  readonly controlPlane?: ControlPlane;
  /** The only file that is rewritten, by its path; by default all are. */
  readonly only?: string;
}

/** A bundle as it is to be written for another release. */
export interface Migration {
  /** The files that change, in the order of their paths. */
  readonly files: readonly MigratedFile[];
  /** The whole bundle afterwards. */
  readonly bundle: Bundle;
  /** How many rewritings were made, of what. */
  readonly rewritten: ReadonlyMap<string, number>;
}

/** A file that changes. */
export interface MigratedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The edits of `before` that make it `after`. */
  readonly edits: readonly TextEdit[];
}

/**
 * Rewrites policies for a newer release of Kuma: what that no longer reads or calls deprecated. Nothing is rewritten that
 * would make a proxy of the bundle log otherwise; what is left as it is has a diagnostic, with its place in the bundle as
 * it is given. What Kuma itself changes between the two releases is no part of this: `diff` tells.
 */
export function migrate(
  bundle: Bundle,
  { from, to, controlPlane = {}, only }: MigrateOptions,
): Result<Migration, Diagnostic> {
  let current = bundle;
  const history = new Map<string, (readonly TextEdit[])[]>();
  const rewritten = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  for (const step of steps) {
    const bridge = step.isWanted(profile(to)) ? bridgeOf(step, from, to) : undefined;
    if (bridge === undefined) continue;
    const task = { bundle: current, bridge, facts: profile(bridge), target: to, wanted: profile(to), controlPlane };
    const { edits, count, refusals } = take(step, task, only);
    diagnostics.push(...refusals.map((one) => asWritten(one, history)).map((one) => weighed(one, step, to)));
    if (count === 0) continue;
    rewritten.set(step.what, count);
    current = edited(current, edits);
    for (const [path, own] of edits) history.set(path, [...(history.get(path) ?? []), own]);
  }
  const before = new Map(bundle.files.map(({ path, text }) => [path, text]));
  const files = current.files.flatMap(({ path, text: after }): readonly MigratedFile[] => {
    const text = before.get(path);
    return text === undefined || text === after
      ? []
      : [{ path, before: text, after, edits: joinEdits(text.length, history.get(path) ?? []) }];
  });
  return { value: { files, bundle: current, rewritten }, diagnostics };
}

/** The newest release of those on the way that reads what a step rewrites and what it becomes. */
function bridgeOf(step: Step, from: KumaRelease, to: KumaRelease): KumaRelease | undefined {
  const [first, last] = [from, to].map((end) => kumaReleases.findIndex(({ name }) => name === end.name));
  return kumaReleases.slice(first, (last ?? 0) + 1).findLast((release) => step.readsBoth(profile(release)));
}

/** A diagnostic with its place in the file as it was given. */
function asWritten(diagnostic: Diagnostic, history: ReadonlyMap<string, readonly (readonly TextEdit[])[]>): Diagnostic {
  const { file, start, end } = diagnostic;
  const back = (offset: number): number =>
    (history.get(file) ?? []).reduceRight((at, edits) => offsetBefore(edits, at), offset);
  return { ...diagnostic, start: back(start), end: back(end) };
}

/** What the target still reads may stay for a while. */
function weighed(diagnostic: Diagnostic, step: Step, to: KumaRelease): Diagnostic {
  return step.readsBoth(profile(to)) ? { ...diagnostic, severity: "warning" } : diagnostic;
}
